import { generate, parse, type ParsedPacket } from 'coap-packet';

import { messageOf } from '../../base/error.ts';
import { type CoapOption, MAX_OPTION_NUMBER, optionNumber } from './options.ts';

/** Confirmable, non-confirmable, acknowledgement, reset (RFC 7252 §3). */
export type MessageType = 'CON' | 'NON' | 'ACK' | 'RST';

/** A CoAP message. `code` is `class.detail`: 0.01 to 0.31 for requests, 0.00 for an empty message. */
export interface Message {
  readonly type: MessageType;
  readonly code: string;
  readonly messageId: number;
  readonly token: Uint8Array;
  readonly options: readonly CoapOption[];
  readonly payload: Uint8Array;
}

/** A decoded datagram: a message, or why it is none. */
export type Decoded =
  | { readonly message: Message }
  | {
      readonly malformed: string;
      /** The message id for the Reset, if it began like a confirmable message (RFC 7252 §4.2). */
      readonly rejectId: number | undefined;
      /** The request without its body, if only the body makes the datagram too long. */
      readonly tooLarge?: Message | undefined;
    };

/**
 * The longest datagram that is read, bytes. RFC 7252 §4.6 allows a message 1,152 bytes; twice that leaves room
 * for clients that exceed it.
 */
export const MAX_DATAGRAM = 2_304;

const HEADER = 4;
const types: readonly MessageType[] = ['CON', 'NON', 'ACK', 'RST'];
const typeOf = (bytes: Uint8Array): MessageType => types[(bytes[0]! >> 4) & 3]!;

/** Decodes a datagram. Never throws. */
export function decode(bytes: Uint8Array): Decoded {
  // RFC 7252 §3: a datagram without a header or of another version is ignored.
  if (bytes.length < HEADER) return { malformed: 'shorter than a header', rejectId: undefined };
  if (bytes[0]! >> 6 !== 1) return { malformed: `version ${bytes[0]! >> 6}`, rejectId: undefined };
  const rejectId = typeOf(bytes) === 'CON' ? bytes[2]! * 256 + bytes[3]! : undefined;
  if (bytes.length > MAX_DATAGRAM) {
    return { malformed: `${bytes.length} bytes`, rejectId, tooLarge: requestWithoutBody(bytes) };
  }
  const message = readMessage(bytes);
  return typeof message === 'string' ? { malformed: message, rejectId } : { message };
}

function readMessage(bytes: Uint8Array): Message | string {
  try {
    const packet = parse(Buffer.from(bytes));
    return flawOf(packet, bytes) ?? messageFrom(packet, typeOf(bytes));
  } catch (error) {
    return messageOf(error);
  }
}

/** The request at the beginning of a datagram that is too long, if its options end before the limit. */
function requestWithoutBody(bytes: Uint8Array): Message | undefined {
  const message = readMessage(bytes.subarray(0, MAX_DATAGRAM));
  if (typeof message === 'string' || message.payload.length === 0) return undefined;
  if (kindOf(message) !== 'request' || message.type === 'ACK' || message.type === 'RST') return undefined;
  return { ...message, payload: new Uint8Array() };
}

/**
 * Finds the errors that the codec accepts. A CoAP message has only one encoding. So if encoding the packet again
 * gives other bytes, the datagram is malformed: a value cut off at its end, a payload marker without a payload.
 */
function flawOf(packet: ParsedPacket, bytes: Uint8Array): string | undefined {
  // RFC 7252 §3: lengths 9 to 15 are reserved; the codec reads them as RFC 8974 does.
  if (packet.token.length > 8) return `a token of ${packet.token.length} bytes`;
  const numbers = packet.options.map(({ name }) => optionNumber(name));
  if (numbers.some((number) => !(number <= MAX_OPTION_NUMBER))) return 'an option number beyond 16 bits';
  return generate({ ...packet }, MAX_DATAGRAM + 1).equals(bytes) ? undefined : 'cut off';
}

const messageFrom = (packet: ParsedPacket, type: MessageType): Message => ({
  type,
  code: packet.code,
  messageId: packet.messageId,
  token: packet.token,
  options: packet.options.map(({ name, value }) => ({ number: optionNumber(name), value })),
  payload: packet.payload,
});

/** Encodes a message. The options are sorted by number; those with the same number keep their order. */
export const encode = (message: Message): Uint8Array =>
  generate(
    {
      confirmable: message.type === 'CON',
      ack: message.type === 'ACK',
      reset: message.type === 'RST',
      code: message.code,
      messageId: message.messageId,
      token: Buffer.from(message.token),
      options: message.options.map(({ number, value }) => ({ name: number, value: Buffer.from(value) })),
      payload: Buffer.from(message.payload),
    },
    MAX_DATAGRAM,
  );

/** An empty Acknowledgement or Reset for the message with this id (RFC 7252 §4.2). */
export const emptyMessage = (type: 'ACK' | 'RST', messageId: number): Message => ({
  type,
  code: '0.00',
  messageId,
  token: new Uint8Array(),
  options: [],
  payload: new Uint8Array(),
});

/** The kind of a message, by the class of its code (RFC 7252 §12.1). */
export function kindOf({ code }: Pick<Message, 'code'>): 'empty' | 'request' | 'response' | 'reserved' {
  if (code === '0.00') return 'empty';
  if (code.startsWith('0.')) return 'request';
  return /^[245]\./.test(code) ? 'response' : 'reserved';
}
