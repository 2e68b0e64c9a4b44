import type { Cancel } from '../../base/clock.ts';
import { emptyMessage, type Message } from './codec.ts';
import type { CoapOption } from './options.ts';
import type { Peer } from './peer.ts';
import type { Answer } from './script.ts';

/** A response without the parts that depend on the request: type, message id, token. */
export interface ResponseParts {
  readonly code: string;
  readonly options: readonly CoapOption[];
  readonly payload: string;
}

export interface ReplyTools {
  /** Sends a message, and keeps it: each copy of the request gets it again. */
  reply(message: Message): void;
  /** Sends a reply a second time. It is not kept again: a copy of the request gets it once. */
  repeat(message: Message): void;
  /** Sends a confirmable message until it is acknowledged. It is not kept for copies of the request. */
  deliver(message: Message): void;
  after(ms: number, fn: () => void): Cancel;
  nextMessageId(): number;
}

/** A request. If its body was too large, the body is left out. */
export interface ReceivedRequest extends Message {
  readonly bodyTooLarge?: boolean;
}

/** Takes a request that was not seen before and answers it. */
export type RequestHandler = (peer: Peer, request: ReceivedRequest, tools: ReplyTools) => void;

/** Makes the response to a request when it is due. */
export interface Responder {
  /** Called once, when the response is due; returns the response to send. */
  respond(): ResponseParts;
  onSent(): void;
}

/** Answers a request as the script says. */
export function sendAnswer(answer: Answer, request: Message, responder: Responder, tools: ReplyTools): void {
  switch (answer.how) {
    case 'silence':
      return;
    case 'empty-ack':
      return void tools.after(answer.delayMs ?? 0, () => acknowledge(request, tools));
    case 'reset':
      return void tools.after(answer.delayMs ?? 0, () => tools.reply(emptyMessage('RST', request.messageId)));
    case 'piggybacked':
      return void tools.after(answer.delayMs ?? 0, () => {
        const response = inReply(request, responseTo(request, responder.respond(), answer.token), tools);
        tools.reply(response);
        for (let copy = 1; copy < (answer.copies ?? 1); copy++) tools.repeat(response);
        responder.onSent();
      });
    case 'separate':
      acknowledge(request, tools);
      return void tools.after(answer.delayMs ?? 0, () => {
        const response = responseTo(request, responder.respond(), answer.token);
        tools.deliver({ ...response, type: 'CON', messageId: tools.nextMessageId() });
        responder.onSent();
      });
  }
}

/** Only confirmable messages are acknowledged (RFC 7252 §4.3). */
function acknowledge(request: Message, tools: ReplyTools): void {
  if (request.type === 'CON') tools.reply(emptyMessage('ACK', request.messageId));
}

/** Puts the response into the ACK of a confirmable request, or into a NON for a NON request (RFC 7252 §5.2). */
const inReply = (request: Message, response: Response, tools: ReplyTools): Message =>
  request.type === 'CON'
    ? { ...response, type: 'ACK', messageId: request.messageId }
    : { ...response, type: 'NON', messageId: tools.nextMessageId() };

type Response = Omit<Message, 'type' | 'messageId'>;

const responseTo = (
  { token }: Message,
  { code, options, payload }: ResponseParts,
  tokenKind: 'right' | 'wrong' = 'right',
): Response => ({
  code,
  options,
  payload: Buffer.from(payload, 'latin1'),
  token: tokenKind === 'right' ? token : wrongToken(token),
});

/** A token of the same length that differs in every bit; one byte if the request has no token. */
const wrongToken = (token: Uint8Array): Uint8Array =>
  token.length === 0 ? Uint8Array.of(0x5a) : token.map((byte) => byte ^ 0xff);
