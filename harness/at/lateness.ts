import type { Cancel, Clock } from '../base/clock.ts';
import { toMs } from '../base/clock.ts';
import { times } from './times.ts';

/** Watches the event loop while an exchange is open. */
export interface LatenessWatch {
  /**
   * @param arrivedAt stamp of a chunk that was read just now (ns)
   * @returns by how much that stamp can be late at most, ms
   */
  at(arrivedAt: bigint): number;
  stop(): void;
}

/**
 * Measures how late our own event loop can have been in seeing a byte. A timer beats every `beatMs` while the
 * watch runs; what the loop does between two beats, or being denied the processor, shows in their distance.
 *
 * The bound: serialport reads in two steps, the descriptor becomes readable, then a read on the thread pool
 * completes, and each step may wait for the loop. A due beat fires before the loop looks at descriptors. So a byte
 * that was there before beat n had its read begun right after n, and completed, whatever blocked the loop
 * again, right after beat n + 1. A chunk stamped after the last beat cannot have been waiting since before
 * the third last: its lateness is at most the time since then. Where fewer beats were seen it is the time since
 * the watch began, and the exchange with it. On an idle loop that is about three beats.
 *
 * Work of the loop shorter than a beat need not be seen: the distance between beats is counted whole, not only
 * what is over the beat. What is not seen at all is a thread of the pool that is denied a processor while the
 * loop is not: a port that reads on the loop has no such thread.
 */
export function watchLateness(clock: Clock, beatMs: number = times.heartbeatMs): LatenessWatch {
  const started = clock.now();
  let beats: readonly [bigint, bigint, bigint] = [started, started, started];
  let cancel: Cancel = arm();

  function arm(): Cancel {
    return clock.after(beatMs, () => {
      beats = [beats[1], beats[2], clock.now()];
      cancel = arm();
    });
  }

  return {
    at: (arrivedAt) => Math.max(0, toMs(arrivedAt - beats[0])),
    stop: () => cancel(),
  };
}
