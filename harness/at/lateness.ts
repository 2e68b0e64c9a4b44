import { type Cancel, type Clock, toMs } from '../base/clock.ts';
import { times } from './times.ts';

/** Watches the event loop while an exchange is open. */
export interface LatenessWatch {
  /** A chunk was read just now; its stamp, ns. Only now can it be said how late that is: the beats go on. */
  arrived(at: bigint): void;
  /**
   * By how much the stamp of a chunk can be late at most, ms: of the last one or the one before, whose line end may
   * have been held for a second half. 0 for a stamp of before the watch.
   */
  of(at: bigint): number;
  stop(): void;
}

interface Arrival {
  readonly at: bigint;
  readonly latenessMs: number;
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
  let last: Arrival | undefined;
  let before: Arrival | undefined;
  let cancel: Cancel = arm();

  function arm(): Cancel {
    return clock.after(beatMs, () => {
      beats = [beats[1], beats[2], clock.now()];
      cancel = arm();
    });
  }

  return {
    arrived(at) {
      before = last;
      last = { at, latenessMs: Math.max(0, toMs(at - beats[0])) };
    },
    of: (at) => [last, before].find((arrival) => arrival?.at === at)?.latenessMs ?? 0,
    stop: () => cancel(),
  };
}
