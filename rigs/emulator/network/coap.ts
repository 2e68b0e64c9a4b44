/** CoAP messages of the emulated module's client (RFC 7252 §3), one in each UDP datagram. */

export type CoapType = 'CON' | 'NON' | 'ACK' | 'RST';

export interface CoapOption {
  readonly number: number;
  readonly value: Buffer;
}

export interface CoapMessage {
  readonly type: CoapType;
  /** Class in the upper three bits, detail in the lower five; 0 is an empty message. */
  readonly code: number;
  /** 0 to 65535. */
  readonly id: number;
  /** 0 to 8 bytes. */
  readonly token: Buffer;
  /** In ascending order of their numbers. */
  readonly options: readonly CoapOption[];
  readonly payload: Buffer;
}

export const coapCode = {
  empty: 0x00,
  get: 0x01,
  post: 0x02,
  delete: 0x04,
  created: 0x41,
  changed: 0x44,
  content: 0x45,
  unauthorized: 0x81,
  badOption: 0x82,
  notFound: 0x84,
  methodNotAllowed: 0x85,
  notAcceptable: 0x86,
} as const;

/** RFC 7252 §12.2, RFC 7959 §6. */
export const coapOption = {
  uriHost: 3,
  uriPort: 7,
  locationPath: 8,
  uriPath: 11,
  contentFormat: 12,
  uriQuery: 15,
  accept: 17,
  block2: 23,
} as const;

const types: readonly CoapType[] = ['CON', 'NON', 'ACK', 'RST'];
const PAYLOAD_MARKER = 0xff;

/** Class 0, and not empty. */
export const isRequest = ({ code }: CoapMessage): boolean => code > 0 && code < 0x20;

/** Class 2, 4 or 5. */
export const isResponse = ({ code }: CoapMessage): boolean => code >= 0x40;

export const emptyMessage = (type: 'ACK' | 'RST', id: number): CoapMessage => ({
  type,
  code: coapCode.empty,
  id,
  token: Buffer.alloc(0),
  options: [],
  payload: Buffer.alloc(0),
});

export const textOption = (number: number, text: string): CoapOption => ({
  number,
  value: Buffer.from(text, 'latin1'),
});

/** A number option, in the fewest bytes; 0 takes none (RFC 7252 §3.2). */
export function uintOption(number: number, value: number): CoapOption {
  const digits = value === 0 ? '' : value.toString(16);
  return { number, value: Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex') };
}

/** The value of the first option with this number; undefined: there is none, or it is longer than four bytes. */
export function uintOf({ options }: CoapMessage, number: number): number | undefined {
  const found = options.find((option) => option.number === number);
  if (!found || found.value.length > 4) return undefined;
  return found.value.length === 0 ? 0 : found.value.readUIntBE(0, found.value.length);
}

/** The values of all options with this number (latin1). */
export const textsOf = ({ options }: CoapMessage, number: number): readonly string[] =>
  options.filter((option) => option.number === number).map(({ value }) => value.toString('latin1'));

export function encodeCoap({ type, code, id, token, options, payload }: CoapMessage): Buffer {
  const head = Buffer.from([0x40 | (types.indexOf(type) << 4) | token.length, code, id >> 8, id & 0xff]);
  const encoded = options.map(({ number, value }, index) =>
    encodeOption(number - (options[index - 1]?.number ?? 0), value),
  );
  const tail = payload.length > 0 ? [Buffer.from([PAYLOAD_MARKER]), payload] : [];
  return Buffer.concat([head, token, ...encoded, ...tail]);
}

function encodeOption(delta: number, value: Buffer): Buffer {
  const [deltaNibble, deltaMore] = encodeNibble(delta);
  const [lengthNibble, lengthMore] = encodeNibble(value.length);
  return Buffer.concat([
    Buffer.from([(deltaNibble << 4) | lengthNibble, ...deltaMore, ...lengthMore]),
    value,
  ]);
}

/** RFC 7252 §3.1: 13 means one more byte, 14 two. */
function encodeNibble(value: number): [nibble: number, more: readonly number[]] {
  if (value < 13) return [value, []];
  if (value < 269) return [13, [value - 13]];
  return [14, [(value - 269) >> 8, (value - 269) & 0xff]];
}

/** Undefined: the datagram is not a message (RFC 7252 §3, "message format error"). */
export function decodeCoap(bytes: Buffer): CoapMessage | undefined {
  const first = bytes[0] ?? 0;
  const tokenEnd = 4 + (first & 0x0f);
  if (bytes.length < 4 || first >> 6 !== 1 || tokenEnd > 12 || bytes.length < tokenEnd) return undefined;
  const code = bytes.readUInt8(1);
  if (code === coapCode.empty && bytes.length > 4) return undefined;
  const rest = decodeOptions(bytes, tokenEnd);
  if (!rest) return undefined;
  const type = types[(first >> 4) & 3] as CoapType;
  return { type, code, id: bytes.readUInt16BE(2), token: bytes.subarray(4, tokenEnd), ...rest };
}

function decodeOptions(
  bytes: Buffer,
  start: number,
): { options: readonly CoapOption[]; payload: Buffer } | undefined {
  const options: CoapOption[] = [];
  let at = start;
  let number = 0;
  while (at < bytes.length) {
    const head = bytes.readUInt8(at);
    if (head === PAYLOAD_MARKER) {
      const payload = bytes.subarray(at + 1);
      return payload.length > 0 ? { options, payload } : undefined;
    }
    const delta = decodeNibble(head >> 4, bytes, at + 1);
    const length = delta && decodeNibble(head & 0x0f, bytes, delta.next);
    if (!delta || !length || length.next + length.value > bytes.length) return undefined;
    number += delta.value;
    at = length.next + length.value;
    options.push({ number, value: bytes.subarray(length.next, at) });
  }
  return { options, payload: Buffer.alloc(0) };
}

function decodeNibble(
  nibble: number,
  bytes: Buffer,
  at: number,
): { value: number; next: number } | undefined {
  if (nibble < 13) return { value: nibble, next: at };
  if (nibble === 13 && at < bytes.length) return { value: 13 + bytes.readUInt8(at), next: at + 1 };
  if (nibble === 14 && at + 1 < bytes.length) return { value: 269 + bytes.readUInt16BE(at), next: at + 2 };
  return undefined;
}
