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
} as const;

/** RFC 7252 §3.1: option numbers are 16 bits. */
export const MAX_OPTION_NUMBER = 0xffff;

/** The registered names (IANA, CoRE Parameters) that the codec gives in place of numbers. */
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
  Block1: 27,
  Size2: 28,
  'Q-Block2': 31,
  'Proxy-Uri': 35,
  'Proxy-Scheme': 39,
  Size1: 60,
  'No-Response': 258,
  'OCF-Accept-Content-Format-Version': 2049,
  'OCF-Content-Format-Version': 2053,
};

const nameOf = new Map(Object.entries(numberOf).map(([name, number]) => [number, name]));

/** An option's number from the codec's word for it, a name or a number; NaN for a name nobody registered. */
export const optionNumber = (word: string | number): number => numberOf[word] ?? Number(word);

/** An option's name, or its number where it has none. */
export const optionName = (number: number): string => nameOf.get(number) ?? `option ${number}`;

interface Understood {
  /** Longest value, bytes (RFC 7252 §5.10, table 4). */
  readonly longest: number;
  readonly repeatable: boolean;
}

/** The critical options a request may carry. Uri-Port comes from libcoap's client on ports other than 5683. */
const understood = new Map<number, Understood>([
  [option.uriHost, { longest: 255, repeatable: false }],
  [option.uriPort, { longest: 2, repeatable: false }],
  [option.uriPath, { longest: 255, repeatable: true }],
  [option.uriQuery, { longest: 255, repeatable: true }],
  [option.accept, { longest: 2, repeatable: false }],
]);

/**
 * The first option of a request that makes it a Bad Option: critical (odd numbers, RFC 7252 §5.4.6) and not
 * understood, or too long (§5.4.3), or repeated where it must not be (§5.4.5); the last two count as not
 * understood.
 */
export function badOption(options: readonly CoapOption[]): CoapOption | undefined {
  const seen = new Set<number>();
  return options.find(({ number, value }) => {
    if (number % 2 === 0) return false;
    const known = understood.get(number);
    const again = seen.has(number);
    seen.add(number);
    return !known || value.length > known.longest || (again && !known.repeatable);
  });
}

/** The values of every option with this number, in order, one character a byte (latin1). */
export const texts = (options: readonly CoapOption[], number: number): string[] =>
  options.filter((one) => one.number === number).map(({ value }) => Buffer.from(value).toString('latin1'));

/** An option with a text of ASCII characters. */
export const textOption = (number: number, text: string): CoapOption => ({
  number,
  value: Buffer.from(text, 'latin1'),
});

/** An unsigned option value, most significant byte first, empty for 0 (RFC 7252 §3.2). */
export function uintOption(number: number, value: number): CoapOption {
  const bytes: number[] = [];
  for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return { number, value: Uint8Array.from(bytes) };
}

/** The first option with this number as an unsigned number; undefined without one, or longer than 4 bytes. */
export function uintOf(options: readonly CoapOption[], number: number): number | undefined {
  const value = options.find((one) => one.number === number)?.value;
  if (!value || value.length > 4) return undefined;
  return value.reduce((sum, byte) => sum * 256 + byte, 0);
}
