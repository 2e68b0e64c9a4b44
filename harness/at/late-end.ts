import type { Clock } from '../base/clock.ts';
import type { Frame } from './framer.ts';
import { whenNothingCame } from './timers.ts';
import { times } from './times.ts';

/** What became of the LF of a line that was released at its CR. */
export type LateEnd =
  | { readonly is: 'come'; readonly at: bigint; readonly trace: number }
  /** Another byte came instead. */
  | { readonly is: 'missing' }
  /** Nothing came in time; `late`: our event loop was late, or the wait was cut short. */
  | { readonly is: 'awaited'; readonly late: boolean };

/** Waits for the LF of an answer that was released at its CR. */
export interface LateEnds {
  /**
   * Call it when the answer ends. Settles at the next byte, after `lateLineEndMs`, or at `close`.
   * @param late whether our event loop was late already when the line was released
   */
  next(late: boolean): Promise<LateEnd>;
  /**
   * Call it for each chunk.
   * @param frames the frames it completed
   * @param trace the chunk's number in the trace
   * @returns whether a wait was pending
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
