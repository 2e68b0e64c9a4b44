import { type Clock, toNs } from '../../base/clock.ts';
import { type Peer, peerText } from './peer.ts';

/** RFC 7252 §4.8.2, EXCHANGE_LIFETIME: as long may a copy of a message still come. */
const EXCHANGE_LIFETIME_MS = 247_000;

/** A message that was received, and what it got so far: a copy of it gets the same again. */
export interface Received {
  readonly at: bigint;
  readonly bytes: Uint8Array;
  readonly replies: Uint8Array[];
}

/**
 * Tells copies from messages, by source address, port and message id (RFC 7252 §4.5), and by all their bytes: a module
 * whose ids begin anew at each boot says another thing by the same id, and is not answered for its life before.
 */
export interface Dedupe {
  /** What a copy gets; undefined for a message not seen before, which is then to be `begun`. */
  seen(peer: Peer, messageId: number, bytes: Uint8Array): Received | undefined;
  begin(peer: Peer, messageId: number, bytes: Uint8Array): Received;
}

/** What a flood may cost; a module's own messages within the 247 s are a few dozen. */
const MOST = 16_384;

export function createDedupe(clock: Pick<Clock, 'now'>): Dedupe {
  // A Map keeps the order of insertion: the oldest comes first.
  const received = new Map<string, Received>();
  const keyOf = (peer: Peer, messageId: number): string => `${peerText(peer)}#${messageId}`;
  const lapsed = ({ at }: Received): boolean => clock.now() - at >= toNs(EXCHANGE_LIFETIME_MS);

  function forgetOld(): void {
    for (const [key, one] of received) {
      if (received.size < MOST && !lapsed(one)) return;
      received.delete(key);
    }
  }

  return {
    seen(peer, messageId, bytes) {
      const found = received.get(keyOf(peer, messageId));
      return found && !lapsed(found) && Buffer.compare(found.bytes, bytes) === 0 ? found : undefined;
    },
    begin(peer, messageId, bytes) {
      forgetOld();
      const key = keyOf(peer, messageId);
      const begun: Received = { at: clock.now(), bytes, replies: [] };
      received.delete(key);
      received.set(key, begun);
      return begun;
    },
  };
}
