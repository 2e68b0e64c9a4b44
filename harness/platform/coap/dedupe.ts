import { type Clock, toNs } from '../../base/clock.ts';
import { type Peer, peerText } from './peer.ts';

/** RFC 7252 §4.8.2, EXCHANGE_LIFETIME: a copy of a message may arrive for this long. */
const EXCHANGE_LIFETIME_MS = 247_000;

/** A message that was received, and the replies to it so far: a confirmable copy gets the same replies again. */
interface ReceivedMessage {
  readonly at: bigint;
  readonly bytes: Uint8Array;
  readonly replies: Uint8Array[];
}

/**
 * Recognizes copies of a message by source address, port and message id (RFC 7252 §4.5), and by all their bytes.
 * The bytes count because a module starts its message ids again at each boot: the same id can then be a new message.
 */
export interface Dedupe {
  /** The message of which this is a copy; undefined for a new message, which the caller then passes to `add`. */
  find(peer: Peer, messageId: number, bytes: Uint8Array): ReceivedMessage | undefined;
  add(peer: Peer, messageId: number, bytes: Uint8Array): ReceivedMessage;
}

/** Limits the memory in a flood; a module itself sends a few dozen messages within the 247 s. */
const MAX_MESSAGES = 1_024;

export function createDedupe(clock: Pick<Clock, 'now'>): Dedupe {
  // A Map keeps the order of insertion: the oldest comes first.
  const received = new Map<string, ReceivedMessage>();
  const keyOf = (peer: Peer, messageId: number): string => `${peerText(peer)}#${messageId}`;
  const isExpired = ({ at }: ReceivedMessage): boolean => clock.now() - at >= toNs(EXCHANGE_LIFETIME_MS);

  function forgetOld(): void {
    for (const [key, message] of received) {
      if (received.size < MAX_MESSAGES && !isExpired(message)) return;
      received.delete(key);
    }
  }

  return {
    find(peer, messageId, bytes) {
      const found = received.get(keyOf(peer, messageId));
      return found && !isExpired(found) && Buffer.compare(found.bytes, bytes) === 0 ? found : undefined;
    },
    add(peer, messageId, bytes) {
      forgetOld();
      const key = keyOf(peer, messageId);
      const message: ReceivedMessage = { at: clock.now(), bytes, replies: [] };
      received.delete(key);
      received.set(key, message);
      return message;
    },
  };
}
