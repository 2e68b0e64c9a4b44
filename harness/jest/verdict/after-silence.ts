import { isHilError } from '../../base/error.ts';
import type { Attempt, ModuleFitness, SilenceFound } from './attempt.ts';

/**
 * What a failed attempt means if the module fell silent in it, which is judged now. A command that silences the module
 * fails its test; one that was only given after it is not judged; a silence that does not come again is flaky. Tests that
 * share the preparation in which it fell silent throw the same error: the silence is theirs, too.
 */
export function createAfterSilence(
  fitness: Pick<ModuleFitness, 'examine'>,
): (made: Attempt, signal: AbortSignal) => Promise<Attempt> {
  const judged = new WeakMap<object, SilenceFound>();

  async function silenceOf({ thrown }: Attempt, signal: AbortSignal): Promise<SilenceFound | undefined> {
    const error = typeof thrown === 'object' && thrown !== null ? thrown : {};
    const found = judged.get(error) ?? (await fitness.examine(signal));
    if (found) judged.set(error, found);
    return found;
  }

  return async (made, signal) => {
    if (made.outcome.verdict !== 'fail' || signal.aborted) return made;
    try {
      const silence = await silenceOf(made, signal);
      if (!silence) return made;
      const { verdict, text, guilty } = silence;
      if (guilty) return { ...made, mayBeFlaky: false };
      const reason = `INPUT-ALIVE: ${text}\n${made.outcome.reason ?? ''}`;
      const outcome = { verdict: verdict === 'flaky' ? verdict : ('not-run' as const), reason };
      return { ...made, outcome, mayBeFlaky: false };
    } catch (error) {
      // The failure stands; the next test meets a module that is given up.
      return isHilError(error) && error.blame === 'rig' ? { ...made, rigError: error } : made;
    }
  };
}
