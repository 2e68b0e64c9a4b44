import { type Cancel, type Clock, toMs } from '../base/clock.ts';
import { times } from './times.ts';

export interface LatenessWatch {
  /** Call it when a chunk is read, with its stamp (ns): its lateness is taken now, since the beats go on. */
  arrived(at: bigint): void;
  /**
   * The most by which the stamp of a chunk can be late, ms. Known for the last chunk and the one before (whose line end
   * may have been held for a second half); 0 for a stamp from before the watch.
   */
  of(at: bigint): number;
  stop(): void;
}

interface Arrival {
  readonly at: bigint;
  readonly latenessMs: number;
}

/**
 * Bounds how late our event loop can have seen a byte. A timer beats every `beatMs` while the watch runs: work of the
 * loop, or a missing processor, makes the distance of two beats longer.
 *
 * The bound: serialport reads in two steps, and each may wait for the loop: the descriptor becomes readable, then a read
 * on the thread pool completes. A due beat fires before the loop looks at descriptors. So the read of a byte that was
 * there before beat n begins right after beat n, and completes right after beat n + 1, even if the loop is blocked again
 * in between. A chunk stamped after the last beat cannot have waited since before the third last beat: its lateness is at
 * most the time since then, about three beats on an idle loop. With fewer beats it is the time since the watch began.
 *
 * The whole distance between beats counts, so work shorter than a beat is covered. Not covered is a thread of the pool
 * that has no processor while the loop has one; a port that reads on the loop has no such thread.
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
