import type { Cancel } from '../../base/clock.ts';
import type { Message } from './codec.ts';
import { type Peer, peerText } from './peer.ts';
import type { Random } from './random.ts';
import type { Timers } from './timers.ts';

/** RFC 7252 §4.8. */
const ACK_TIMEOUT_MS = 2_000;
const ACK_RANDOM_FACTOR = 1.5;
const MAX_RETRANSMIT = 4;

/** How a confirmable message ended; `silent` if its last retransmission stayed unanswered, too. */
export type Delivery = 'acknowledged' | 'reset' | 'silent';

/** Sends confirmable messages, and repeats each until the peer answers it (RFC 7252 §4.2). */
export interface Outbox {
  /**
   * Sends a confirmable message and repeats it as needed. `onSettled` is called once, at its end.
   * @returns stops the repetitions; `onSettled` is then not called
   */
  deliver(peer: Peer, message: Message, onSettled: (delivery: Delivery) => void): Cancel;
  /** Takes an Acknowledgement or a Reset that was received. Returns whether it belongs to a message under way. */
  settle(peer: Peer, messageId: number, delivery: Delivery): boolean;
}

export function createOutbox(tools: {
  send(peer: Peer, message: Message): void;
  timers: Timers;
  random: Random;
}): Outbox {
  const underWay = new Map<string, (delivery: Delivery) => void>();
  const keyOf = (peer: Peer, messageId: number): string => `${peerText(peer)}#${messageId}`;

  function deliver(peer: Peer, message: Message, onSettled: (delivery: Delivery) => void): Cancel {
    const key = keyOf(peer, message.messageId);
    let stopTimer: Cancel = () => undefined;
    const stop = (): void => {
      underWay.delete(key);
      stopTimer();
    };
    const settle = (delivery: Delivery): void => {
      stop();
      onSettled(delivery);
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
