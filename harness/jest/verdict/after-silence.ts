import { isHilError } from '../../base/error.ts';
import type { Attempt, ModuleFitness } from './attempt.ts';

/**
 * What a failed attempt means if the module fell silent in it, which is judged now. A command that silences the module
 * fails its test; one that was only given after it is not judged; a silence that does not come again is flaky.
 */
export async function afterSilence(
  fitness: Pick<ModuleFitness, 'examine'>,
  made: Attempt,
  signal: AbortSignal,
): Promise<Attempt> {
  if (made.outcome.verdict !== 'fail' || signal.aborted) return made;
  try {
    const silence = await fitness.examine(signal);
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
}
