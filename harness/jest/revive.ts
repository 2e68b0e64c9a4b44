import type { HilError } from '../base/error.ts';
import { isSilence } from '../bc26/probe.ts';
import { setUpCommands } from '../bc26/set-up.ts';
import type { TestModule } from './host.ts';

/** An answer to `AT` comes within 300 ms (AT manual §1); thrice that. */
const PROBE_MS = 1_000;
/** As long as a module may take to boot (bc26-module.md §1: the loader's watchdog has 30 s). */
const PROBES = 30;

/** How a module was found after it had not answered: it answers, it had restarted and answers, or it is silent. */
export type Revived = 'answers' | 'restarted' | 'silent';

/**
 * After an unanswered command: waits until `AT` is answered, as after a boot, and sets what a boot forgets.
 * @param silence why there was no answer
 * @throws what is no silence: the port gone, the test ended
 */
export async function revive(module: Pick<TestModule, 'at'>, silence: HilError): Promise<Revived> {
  let restarted = silence.code === 'UNEXPECTED_RESET';
  for (let probe = 1; probe <= PROBES; probe++) {
    try {
      if ((await module.at('AT', { deadlineMs: PROBE_MS })).final.kind !== 'OK') continue;
      if (restarted) for (const command of setUpCommands) await module.at(command);
      return restarted ? 'restarted' : 'answers';
    } catch (error) {
      if (!isSilence(error)) throw error;
      restarted ||= error.code === 'UNEXPECTED_RESET';
      // A module that neither answers nor boots is given two tries, as one whose first AT is eaten (bc26-module.md §8).
      if (!restarted && probe === 2) return 'silent';
    }
  }
  return 'silent';
}
