import type { Clock } from '../base/clock.ts';
import type { Frame } from './framer.ts';
import { whenNothingCame } from './timers.ts';
import { times } from './times.ts';

/** What became of the second half of a line end whose first was released. */
export type LateEnd =
  | { readonly is: 'come'; readonly at: bigint; readonly trace: number }
  /** Something else came instead: bytes arrive in order, so there was none. */
  | { readonly is: 'missing' }
  /** Nothing came; `late`: our own loop was late, or nobody waited to the end. */
  | { readonly is: 'awaited'; readonly late: boolean };

/** Waits for the second half of the line end of one answer, after it was released. */
export interface LateEnds {
  /**
   * Asked as the answer ends. Settles by the next byte, after `lateLineEndMs`, or by `close`.
   * @param late whether our own loop was late already when the first half was released
   */
  next(late: boolean): Promise<LateEnd>;
  /**
   * A chunk has come.
   * @param frames what it completed
   * @param trace the chunk's number in the trace
   * @returns whether somebody waited for it
   */
  chunk(frames: readonly Frame[], trace: number): boolean;
  close(): void;
}

export function createLateEnds(clock: Clock): LateEnds {
  let settle: ((end: LateEnd) => void) | undefined;

  const end = (found: LateEnd): boolean => {
    const waited = settle !== undefined;
    settle?.(found);
    settle = undefined;
    return waited;
  };

  return {
    next: (late) =>
      new Promise((resolve) => {
        const cancel = whenNothingCame(
          clock,
          times.lateLineEndMs,
          (again) => void end({ is: 'awaited', late: late || again }),
        );
        settle = (found) => {
          cancel();
          resolve(found);
        };
      }),
    chunk(frames, trace) {
      const [first] = frames;
      return end(first?.kind === 'late-end' ? { is: 'come', at: first.endedAt, trace } : { is: 'missing' });
    },
    close: () => void end({ is: 'awaited', late: true }),
  };
}
