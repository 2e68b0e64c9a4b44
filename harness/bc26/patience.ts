import { type Clock, toMs } from '../base/clock.ts';
import { type HilError, isHilError } from '../base/error.ts';
import { pause } from './pause.ts';
import { isSilence } from './probe.ts';

/** Runs an attempt, and runs it again where it may only have come too early or have been disturbed. */
export type Ask = <T>(attempt: () => Promise<T>) => Promise<T>;

/**
 * Whether asking again may help: no answer, an error, or an answer that cannot be read. A module that has just booted may
 * answer `AT` for seconds before it knows its own name (BC26.md §1, Boot time), and one answer can be damaged on the line.
 */
export const mayPass = (error: unknown): error is HilError =>
  isSilence(error) ||
  (isHilError(error) && (error.code === 'AT_REFUSED' || error.code === 'AT_ANSWER_MALFORMED'));

/** Once more, at once: for a module that has named itself already. */
export const askedTwice: Ask = async (attempt) => {
  try {
    return await attempt();
  } catch (error) {
    if (!mayPass(error)) throw error;
    return attempt();
  }
};

export interface AskLimits {
  /** After this moment nothing is asked again, ns. */
  readonly deadline: bigint;
  /** Whether there is no point in it any more, since the module has booted again. */
  readonly isOver: () => boolean;
  readonly signal?: AbortSignal | undefined;
}

/** Again and again until the deadline, at the pace of the sync (`retryMs`); once more in any case. */
export function askedUntil(
  { clock, timing }: { clock: Clock; timing: { retryMs: number } },
  { deadline, isOver, signal }: AskLimits,
): Ask {
  return async (attempt) => {
    for (let again = false; ; again = true) {
      const began = clock.now();
      try {
        return await attempt();
      } catch (error) {
        if (!mayPass(error) || isOver() || (again && clock.now() >= deadline)) throw error;
      }
      const rest = timing.retryMs - toMs(clock.now() - began);
      if (rest > 0) await pause(clock, rest, signal);
    }
  };
}
