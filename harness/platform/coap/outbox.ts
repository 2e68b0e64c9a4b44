import type { Cancel } from '../../base/clock.ts';
import type { Message } from './codec.ts';
import { type Peer, peerText } from './peer.ts';
import type { Random } from './random.ts';
import type { Timers } from './timers.ts';

/** RFC 7252 §4.8. */
const ACK_TIMEOUT_MS = 2_000;
const ACK_RANDOM_FACTOR = 1.5;
const MAX_RETRANSMIT = 4;

/** What became of a confirmable message; `silent` after the last retransmission's time. */
export type Delivery = 'acknowledged' | 'reset' | 'silent';

/** Confirmable messages under way: sent again until somebody answers (RFC 7252 §4.2). */
export interface Outbox {
  /**
   * Sends a confirmable message and repeats it as needed; `settled` hears once what became of it.
   * @returns stops repeating; `settled` then hears nothing
   */
  deliver(peer: Peer, message: Message, settled: (delivery: Delivery) => void): Cancel;
  /** An Acknowledgement or a Reset has come. Whether it was for a message under way. */
  settle(peer: Peer, messageId: number, delivery: Delivery): boolean;
}

export function createOutbox(tools: {
  send(peer: Peer, message: Message): void;
  timers: Timers;
  random: Random;
}): Outbox {
  const underWay = new Map<string, (delivery: Delivery) => void>();
  const keyOf = (peer: Peer, messageId: number): string => `${peerText(peer)}#${messageId}`;

  function deliver(peer: Peer, message: Message, settled: (delivery: Delivery) => void): Cancel {
    const key = keyOf(peer, message.messageId);
    let stopTimer: Cancel = () => undefined;
    const stop = (): void => {
      underWay.delete(key);
      stopTimer();
    };
    const settle = (delivery: Delivery): void => {
      stop();
      settled(delivery);
    };
    const transmit = (timeoutMs: number, left: number): void => {
      stopTimer = tools.timers.after(timeoutMs, () => {
        if (left === 0) settle('silent');
        else transmit(timeoutMs * 2, left - 1);
      });
      tools.send(peer, message);
    };
    underWay.set(key, settle);
    transmit(ACK_TIMEOUT_MS * (1 + tools.random() * (ACK_RANDOM_FACTOR - 1)), MAX_RETRANSMIT);
    return stop;
  }

  return {
    deliver,
    settle(peer, messageId, delivery) {
      const settle = underWay.get(keyOf(peer, messageId));
      settle?.(delivery);
      return settle !== undefined;
    },
  };
}
