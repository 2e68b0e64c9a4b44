import { type Decoded, emptyMessage, encode, kindOf, type Message } from './codec.ts';
import type { Dedupe } from './dedupe.ts';
import type { Outbox } from './outbox.ts';
import type { Peer } from './peer.ts';
import type { ReplyTools, RequestHandler } from './reply.ts';
import type { Requester } from './requester.ts';
import type { ReadAnswer, Script } from './script.ts';
import type { Timers } from './timers.ts';

/** Whom the inbox serves. */
interface InboxContext {
  readonly dedupe: Dedupe;
  readonly outbox: Outbox;
  readonly requester: Requester;
  readonly handleRequest: RequestHandler;
  readonly reads: Script<ReadAnswer>;
  readonly timers: Timers;
  nextMessageId(): number;
  send(peer: Peer, bytes: Uint8Array): void;
}

/** Sorts what comes by the message layer's rules (RFC 7252 §4) and hands it to whom it concerns. */
type Inbox = (peer: Peer, decoded: Decoded, bytes: Uint8Array) => void;

export function createInbox(context: InboxContext): Inbox {
  const { dedupe, outbox, requester, handleRequest, timers } = context;
  const sendMessage = (peer: Peer, message: Message): void => context.send(peer, encode(message));
  /** RFC 7252 §4.2: what cannot be processed is reset if it was confirmable, ignored if not. */
  const reject = (peer: Peer, { type, messageId }: Pick<Message, 'type' | 'messageId'>): void => {
    if (type === 'CON') sendMessage(peer, emptyMessage('RST', messageId));
  };

  /** How what is sent for one message is kept for its copies. */
  const replying = (peer: Peer, replies: Uint8Array[]): ReplyTools => ({
    reply(message) {
      const bytes = encode(message);
      replies.push(bytes);
      context.send(peer, bytes);
    },
    again: (message) => sendMessage(peer, message),
    deliver: (message) => void outbox.deliver(peer, message, () => undefined),
    after: (ms, fn) => timers.after(ms, fn),
    nextMessageId: () => context.nextMessageId(),
  });

  function settled(peer: Peer, message: Message): void {
    outbox.settle(peer, message.messageId, message.type === 'RST' ? 'reset' : 'acknowledged');
    if (message.type === 'ACK' && kindOf(message) === 'response') requester.responded(peer, message);
  }

  function response(peer: Peer, message: Message, tools: ReplyTools): void {
    if (!requester.responded(peer, message)) return reject(peer, message);
    if (message.type !== 'CON') return;
    const answer = context.reads.next();
    if (answer.how === 'silence') return;
    if (answer.how === 'reset') return tools.reply(emptyMessage('RST', message.messageId));
    const acknowledgement = emptyMessage('ACK', message.messageId);
    tools.after(answer.delayMs ?? 0, () => {
      tools.reply(acknowledgement);
      for (let more = 1; more < (answer.copies ?? 1); more++) tools.again(acknowledgement);
    });
  }

  return (peer, decoded, bytes) => {
    if ('malformed' in decoded) {
      if (decoded.rejectId !== undefined) reject(peer, { type: 'CON', messageId: decoded.rejectId });
      return;
    }
    const { message } = decoded;
    if (message.type === 'ACK' || message.type === 'RST') return settled(peer, message);
    const kind = kindOf(message);
    // An empty confirmable message is a ping (RFC 7252 §4.3): it is reset, too.
    if (kind === 'empty' || kind === 'reserved') return reject(peer, message);
    const before = dedupe.seen(peer, message.messageId, bytes);
    if (before) return before.replies.forEach((reply) => context.send(peer, reply));
    const tools = replying(peer, dedupe.begin(peer, message.messageId, bytes).replies);
    if (kind === 'request') handleRequest(peer, message, tools);
    else response(peer, message, tools);
  };
}
