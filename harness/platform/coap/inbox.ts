import { type Decoded, emptyMessage, encode, kindOf, MAX_DATAGRAM, type Message } from './codec.ts';
import type { Dedupe } from './dedupe.ts';
import type { Outbox } from './outbox.ts';
import type { Peer } from './peer.ts';
import type { ReceivedRequest, ReplyTools, RequestHandler } from './reply.ts';
import type { Requester } from './requester.ts';
import type { ReadAnswer, Script } from './script.ts';
import type { Timers } from './timers.ts';

interface InboxContext {
  readonly dedupe: Dedupe;
  readonly outbox: Outbox;
  readonly requester: Requester;
  readonly handleRequest: RequestHandler;
  readonly readScript: Script<ReadAnswer>;
  readonly timers: Timers;
  nextMessageId(): number;
  send(peer: Peer, bytes: Uint8Array): void;
}

/** Takes each datagram, applies the rules of the message layer (RFC 7252 §4), and passes the message on. */
type Inbox = (peer: Peer, decoded: Decoded, bytes: Uint8Array) => void;

export function createInbox(context: InboxContext): Inbox {
  const { dedupe, outbox, requester, handleRequest, timers } = context;
  const sendMessage = (peer: Peer, message: Message): void => context.send(peer, encode(message));
  /** RFC 7252 §4.2, §4.3: a message that cannot be processed is reset if it is confirmable, else ignored. */
  const reject = (peer: Peer, { type, messageId }: Pick<Message, 'type' | 'messageId'>): void => {
    if (type === 'CON') sendMessage(peer, emptyMessage('RST', messageId));
  };

  const replyToolsFor = (peer: Peer, replies: Uint8Array[]): ReplyTools => ({
    reply(message) {
      const bytes = encode(message);
      replies.push(bytes);
      context.send(peer, bytes);
    },
    repeat: (message) => sendMessage(peer, message),
    deliver: (message) => void outbox.deliver(peer, message, () => undefined),
    after: (ms, fn) => timers.after(ms, fn),
    nextMessageId: () => context.nextMessageId(),
  });

  function handleAckOrReset(peer: Peer, message: Message): void {
    outbox.settle(peer, message.messageId, message.type === 'RST' ? 'reset' : 'acknowledged');
    if (message.type === 'ACK' && kindOf(message) === 'response') requester.takeResponse(peer, message);
  }

  function handleResponse(peer: Peer, message: Message, tools: ReplyTools): void {
    if (!requester.takeResponse(peer, message)) return reject(peer, message);
    if (message.type !== 'CON') return;
    const answer = context.readScript.next();
    if (answer.how === 'silence') return;
    if (answer.how === 'reset') return tools.reply(emptyMessage('RST', message.messageId));
    const acknowledgement = emptyMessage('ACK', message.messageId);
    tools.after(answer.delayMs ?? 0, () => {
      tools.reply(acknowledgement);
      for (let copy = 1; copy < (answer.copies ?? 1); copy++) tools.repeat(acknowledgement);
    });
  }

  /** Passes on a request or a response; a copy only gets the replies of its original. */
  function receive(peer: Peer, message: ReceivedRequest, bytes: Uint8Array): void {
    // A copy, since a view would keep the whole of a datagram that is too long.
    const start = bytes.length > MAX_DATAGRAM ? Uint8Array.from(bytes.subarray(0, MAX_DATAGRAM)) : bytes;
    const original = dedupe.find(peer, message.messageId, start);
    if (original) {
      // RFC 7252 §4.5: only a confirmable copy gets the replies again.
      if (message.type === 'CON') original.replies.forEach((reply) => context.send(peer, reply));
      return;
    }
    const tools = replyToolsFor(peer, dedupe.add(peer, message.messageId, start).replies);
    if (kindOf(message) === 'request') handleRequest(peer, message, tools);
    else handleResponse(peer, message, tools);
  }

  return (peer, decoded, bytes) => {
    if ('malformed' in decoded) {
      if (decoded.tooLarge) return receive(peer, { ...decoded.tooLarge, bodyTooLarge: true }, bytes);
      if (decoded.rejectId !== undefined) reject(peer, { type: 'CON', messageId: decoded.rejectId });
      return;
    }
    const { message } = decoded;
    if (message.type === 'ACK' || message.type === 'RST') return handleAckOrReset(peer, message);
    const kind = kindOf(message);
    // An empty confirmable message is a ping, and its answer is a Reset (RFC 7252 §4.3).
    if (kind === 'empty' || kind === 'reserved') return reject(peer, message);
    receive(peer, message, bytes);
  };
}
