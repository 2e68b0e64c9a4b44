/** A CoAP option: its number and its bytes (RFC 7252 §3.1). */
export interface CoapOption {
  readonly number: number;
  readonly value: Uint8Array;
}

/** The options the platform reads or writes (RFC 7252 §5.10, RFC 7959 §2.1). */
export const option = {
  uriHost: 3,
  uriPort: 7,
  locationPath: 8,
  uriPath: 11,
  contentFormat: 12,
  uriQuery: 15,
  accept: 17,
  block2: 23,
  block1: 27,
  proxyUri: 35,
  proxyScheme: 39,
  size1: 60,
} as const;

/** RFC 7252 §3.1: option numbers are 16 bits. */
export const MAX_OPTION_NUMBER = 0xffff;

/** The registered option names (IANA, CoRE Parameters), which the codec uses in place of numbers. */
const numberOf: Readonly<Record<string, number>> = {
  'If-Match': 1,
  'Uri-Host': option.uriHost,
  ETag: 4,
  'If-None-Match': 5,
  Observe: 6,
  'Uri-Port': option.uriPort,
  'Location-Path': option.locationPath,
  OSCORE: 9,
  'Uri-Path': option.uriPath,
  'Content-Format': option.contentFormat,
  'Max-Age': 14,
  'Uri-Query': option.uriQuery,
  'Hop-Limit': 16,
  Accept: option.accept,
  'Q-Block1': 19,
  'Location-Query': 20,
  Block2: option.block2,
  Block1: option.block1,
  Size2: 28,
  'Q-Block2': 31,
  'Proxy-Uri': option.proxyUri,
  'Proxy-Scheme': option.proxyScheme,
  Size1: option.size1,
  'No-Response': 258,
  'OCF-Accept-Content-Format-Version': 2049,
  'OCF-Content-Format-Version': 2053,
};

const nameOf = new Map(Object.entries(numberOf).map(([name, number]) => [number, name]));

/** The number of an option that the codec gives by name or number; NaN for an unknown name. */
export const optionNumber = (nameOrNumber: string | number): number =>
  numberOf[nameOrNumber] ?? Number(nameOrNumber);

/** An option's name; `option 63` for a number without a name. */
export const optionName = (number: number): string => nameOf.get(number) ?? `option ${number}`;

interface OptionFormat {
  /** The shortest and the longest value, bytes (RFC 7252 §5.10, table 4). */
  readonly minBytes: number;
  readonly maxBytes: number;
  readonly repeatable: boolean;
}

/** The critical options a request may have. libcoap's client sends Uri-Port to ports other than 5683. */
const understoodInRequest = new Map<number, OptionFormat>([
  [option.uriHost, { minBytes: 1, maxBytes: 255, repeatable: false }],
  [option.uriPort, { minBytes: 0, maxBytes: 2, repeatable: false }],
  [option.uriPath, { minBytes: 0, maxBytes: 255, repeatable: true }],
  [option.uriQuery, { minBytes: 0, maxBytes: 255, repeatable: true }],
  [option.accept, { minBytes: 0, maxBytes: 2, repeatable: false }],
  [option.proxyUri, { minBytes: 1, maxBytes: 1_034, repeatable: false }],
  [option.proxyScheme, { minBytes: 1, maxBytes: 255, repeatable: false }],
]);

/** The critical options a response may have. One that a response does not define counts as unknown (RFC 7252 §5.4). */
const understoodInResponse = new Map<number, OptionFormat>([
  [option.block2, { minBytes: 0, maxBytes: 3, repeatable: false }],
]);

/**
 * The first option of a request that makes it a Bad Option (4.02): a critical one (odd number, RFC 7252 §5.4.6)
 * that is not understood, has a wrong length (§5.4.3) or is repeated although it may not be (§5.4.5).
 */
export const findBadOption = (options: readonly CoapOption[]): CoapOption | undefined =>
  findNotUnderstood(options, understoodInRequest);

/** The first option for which a response has to be rejected (RFC 7252 §5.4.1). */
export const findBadResponseOption = (options: readonly CoapOption[]): CoapOption | undefined =>
  findNotUnderstood(options, understoodInResponse);

function findNotUnderstood(
  options: readonly CoapOption[],
  formats: ReadonlyMap<number, OptionFormat>,
): CoapOption | undefined {
  const seen = new Set<number>();
  return options.find(({ number, value }) => {
    if (number % 2 === 0) return false;
    const format = formats.get(number);
    const isRepeated = seen.has(number);
    seen.add(number);
    if (!format || (isRepeated && !format.repeatable)) return true;
    return value.length < format.minBytes || value.length > format.maxBytes;
  });
}

export const badOptionText = ({ number }: CoapOption): string =>
  `${optionName(number)} is critical and not understood, or its length is wrong, or it is repeated`;

/** Whether a request asks to be forwarded to another server (RFC 7252 §5.7). */
export const isForProxy = (options: readonly CoapOption[]): boolean =>
  options.some(({ number }) => number === option.proxyUri || number === option.proxyScheme);

/** SZX, the size exponent of a block, in the value of a Block1 or Block2 option (RFC 7959 §2.2). */
export const sizeExponentOf = (value: number): number => value & 7;

export const RESERVED_SIZE_EXPONENT = 7;

export const hasReservedBlockSize = (options: readonly CoapOption[]): boolean =>
  [option.block1, option.block2].some((number) => {
    const value = uintOf(options, number);
    return value !== undefined && sizeExponentOf(value) === RESERVED_SIZE_EXPONENT;
  });

/** The values of all options with this number, in order, one character a byte (latin1). */
export const textsOf = (options: readonly CoapOption[], number: number): string[] =>
  options.filter((one) => one.number === number).map(({ value }) => Buffer.from(value).toString('latin1'));

/** An option whose value is a text, one byte a character (latin1). */
export const textOption = (number: number, text: string): CoapOption => ({
  number,
  value: Buffer.from(text, 'latin1'),
});

/** An option whose value is an unsigned number: most significant byte first, empty for 0 (RFC 7252 §3.2). */
export function uintOption(number: number, value: number): CoapOption {
  const bytes: number[] = [];
  for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return { number, value: Uint8Array.from(bytes) };
}

/** The first option with this number as an unsigned number; undefined if there is none or it has more than 4 bytes. */
export function uintOf(options: readonly CoapOption[], number: number): number | undefined {
  const value = options.find((one) => one.number === number)?.value;
  if (!value || value.length > 4) return undefined;
  return value.reduce((sum, byte) => sum * 256 + byte, 0);
}
