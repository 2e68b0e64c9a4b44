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

/**
 * So many answers in a row without an LF, none of them while our event loop was late, show that this module sends none.
 */
export const answersToLearn = 5;

/** How long a line end may be late, after so many in a row that did not come; ms. */
export const lateEndWaitMs = (without: number): number =>
  without < answersToLearn ? times.lateLineEndMs : times.missingLineEndMs;

/**
 * Waits for the LF of an answer that was released at its CR. The module has not finished its answer before it: input in
 * between may abort the answer, and is then lost with it (V.250 §5.6.1). So nothing is sent meanwhile, unless this module
 * has shown that it sends no LF.
 */
export interface LateEnds {
  /**
   * Call it when a final result ends. Settles at the next byte, after `lateLineEndMs` (`missingLineEndMs` once it
   * was learned that none comes), or at `close`.
   * @param late whether our event loop was late already when the line was released
   */
  next(late: boolean): Promise<LateEnd>;
  /** Settles when the next command may be sent; undefined if it may be at once. */
  readonly heldBack: Promise<unknown> | undefined;
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
  let pending: { readonly promise: Promise<LateEnd>; readonly settle: (end: LateEnd) => void } | undefined;
  /** Answers in a row without an LF. */
  let without = 0;

  const end = (found: LateEnd): boolean => {
    if (!pending) return false;
    const { settle } = pending;
    pending = undefined;
    if (found.is === 'missing' || (found.is === 'awaited' && !found.late)) without++;
    settle(found);
    return true;
  };

  return {
    next(late) {
      end({ is: 'missing' });
      let settle: (end: LateEnd) => void = () => {};
      const promise = new Promise<LateEnd>((resolve) => (settle = resolve));
      const cancel = whenNothingCame(
        clock,
        lateEndWaitMs(without),
        (again) => void end({ is: 'awaited', late: late || again }),
      );
      pending = {
        promise,
        settle(found) {
          cancel();
          settle(found);
        },
      };
      return promise;
    },
    get heldBack() {
      return without < answersToLearn ? pending?.promise : undefined;
    },
    chunk([first], trace) {
      if (first?.kind !== 'late-end') return end({ is: 'missing' });
      without = 0;
      return end({ is: 'come', at: first.endedAt, trace });
    },
    close: () => void end({ is: 'awaited', late: true }),
  };
}
