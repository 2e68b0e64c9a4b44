import { generate, parse, type ParsedPacket } from 'coap-packet';

import { messageOf } from '../../base/error.ts';
import { type CoapOption, MAX_OPTION_NUMBER, optionNumber } from './options.ts';

/** Confirmable, non-confirmable, acknowledgement, reset (RFC 7252 §3). */
export type MessageType = 'CON' | 'NON' | 'ACK' | 'RST';

/** A CoAP message. `code` is `class.detail`: requests 0.01 to 0.31, `0.00` for an empty message. */
export interface Message {
  readonly type: MessageType;
  readonly code: string;
  readonly messageId: number;
  readonly token: Uint8Array;
  readonly options: readonly CoapOption[];
  readonly payload: Uint8Array;
}

/** What a datagram turned out to be. */
export type Decoded =
  | { readonly message: Message }
  | {
      readonly malformed: string;
      /** Set when it began like a confirmable message: the id its Reset carries (RFC 7252 §4.2). */
      readonly rejectId: number | undefined;
    };

/**
 * The longest datagram that is read. RFC 7252 §4.6 lets a message have 1,152 bytes; twice that leaves room
 * for clients that do not count.
 */
export const MAX_DATAGRAM = 2_304;

const HEADER = 4;
const types: readonly MessageType[] = ['CON', 'NON', 'ACK', 'RST'];
const typeOf = (bytes: Uint8Array): MessageType => types[(bytes[0]! >> 4) & 3]!;

/** A datagram as a message, or why it is none. Never throws, whatever the bytes. */
export function decode(bytes: Uint8Array): Decoded {
  // RFC 7252 §3: other versions are ignored silently, and so is what has no header.
  if (bytes.length < HEADER) return { malformed: 'shorter than a header', rejectId: undefined };
  if (bytes[0]! >> 6 !== 1) return { malformed: `version ${bytes[0]! >> 6}`, rejectId: undefined };
  const rejectId = typeOf(bytes) === 'CON' ? bytes[2]! * 256 + bytes[3]! : undefined;
  if (bytes.length > MAX_DATAGRAM) return { malformed: `${bytes.length} bytes`, rejectId };
  try {
    const packet = parse(Buffer.from(bytes));
    const flaw = flawOf(packet, bytes);
    return flaw ? { malformed: flaw, rejectId } : { message: messageFrom(packet, typeOf(bytes)) };
  } catch (error) {
    return { malformed: messageOf(error), rejectId };
  }
}

/**
 * What the codec lets pass. CoAP has one encoding per message, so bytes that do not come back when encoded
 * again are malformed: values cut off by the datagram's end, a payload marker without a payload.
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

/** A message's bytes. The options are sorted by number, those of one number keep their order. */
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

const none = new Uint8Array();

/** An empty Acknowledgement or Reset of the message with this id (RFC 7252 §4.2). */
export const emptyMessage = (type: 'ACK' | 'RST', messageId: number): Message => ({
  type,
  code: '0.00',
  messageId,
  token: none,
  options: [],
  payload: none,
});

/** What a code's class makes of a message (RFC 7252 §12.1). */
export function kindOf({ code }: Pick<Message, 'code'>): 'empty' | 'request' | 'response' | 'reserved' {
  if (code === '0.00') return 'empty';
  if (code.startsWith('0.')) return 'request';
  return /^[245]\./.test(code) ? 'response' : 'reserved';
}
