import type { Cancel } from '../../base/clock.ts';
import { emptyMessage, type Message } from './codec.ts';
import type { CoapOption } from './options.ts';
import type { Peer } from './peer.ts';
import type { Answer } from './script.ts';

/** A response without what it owes to the request: type, id, token. */
export interface ResponseParts {
  readonly code: string;
  readonly options: readonly CoapOption[];
  readonly payload: string;
}

/** What carrying out an answer needs. */
export interface ReplyTools {
  /** Sends, and keeps the bytes for copies of the request. */
  reply(message: Message): void;
  /** Sends once more what has been replied: a copy of the request gets it once. */
  again(message: Message): void;
  /** Sends a confirmable message until it is acknowledged; on its own, not for copies of the request. */
  deliver(message: Message): void;
  after(ms: number, fn: () => void): Cancel;
  nextMessageId(): number;
}

/** Takes a request that was not seen before and answers it. */
export type RequestHandler = (peer: Peer, request: Message, tools: ReplyTools) => void;

/** Where the response comes from, and who hears that it has gone. */
export interface Responder {
  /** Called when the response is due, never before, and at most once; what it returns goes out. */
  respond(): ResponseParts;
  /** Called when the response has been sent (the first time, if it goes out more than once). */
  sent(): void;
}

/** Answers a request the way the script says. */
export function carryOut(answer: Answer, request: Message, responder: Responder, tools: ReplyTools): void {
  switch (answer.how) {
    case 'silence':
      return;
    case 'empty-ack':
      return void tools.after(answer.delayMs ?? 0, () => acknowledge(request, tools));
    case 'reset':
      return void tools.after(answer.delayMs ?? 0, () => tools.reply(emptyMessage('RST', request.messageId)));
    case 'piggybacked':
      return void tools.after(answer.delayMs ?? 0, () => {
        const response = direct(request, fill(request, responder.respond(), answer.token), tools);
        tools.reply(response);
        for (let more = 1; more < (answer.copies ?? 1); more++) tools.again(response);
        responder.sent();
      });
    case 'separate':
      acknowledge(request, tools);
      return void tools.after(answer.delayMs ?? 0, () => {
        const message = fill(request, responder.respond(), answer.token);
        tools.deliver({ ...message, type: 'CON', messageId: tools.nextMessageId() });
        responder.sent();
      });
  }
}

/** Only confirmable messages are acknowledged (RFC 7252 §4.3). */
function acknowledge(request: Message, tools: ReplyTools): void {
  if (request.type === 'CON') tools.reply(emptyMessage('ACK', request.messageId));
}

/** In the ACK of a confirmable request; as a non-confirmable message to one of those (RFC 7252 §5.2). */
const direct = (request: Message, response: Filled, tools: ReplyTools): Message =>
  request.type === 'CON'
    ? { ...response, type: 'ACK', messageId: request.messageId }
    : { ...response, type: 'NON', messageId: tools.nextMessageId() };

type Filled = Omit<Message, 'type' | 'messageId'>;

const fill = (
  { token }: Message,
  { code, options, payload }: ResponseParts,
  which: 'right' | 'wrong' = 'right',
): Filled => ({
  code,
  options,
  payload: Buffer.from(payload, 'latin1'),
  token: which === 'right' ? token : otherToken(token),
});

/** A token of the same length that differs in every bit, or one byte where there was none. */
const otherToken = (token: Uint8Array): Uint8Array =>
  token.length === 0 ? Uint8Array.of(0x5a) : token.map((byte) => byte ^ 0xff);
