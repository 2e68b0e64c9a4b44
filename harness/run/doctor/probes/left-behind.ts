import { messageOf } from '../../../base/error.ts';
import { abortError, pause } from '../../../bc26/pause.ts';
import { giveBackModule, originalOf } from '../../restore/give-back-module.ts';
import { brokenBy } from '../findings/broken-by.ts';
import { broken, type Finding, note, ok, warning } from '../findings/finding.ts';
import type { ProbeContext } from './probe-context.ts';

const id = 'original';
const mend = '`bc26-hil restore` tries again, or gives it up with --abandon';

/**
 * Gives the module back what an earlier run found in it. It comes last, since power saving is switched on again with it.
 * @throws ABORTED
 */
export async function leftBehind({ rig, unset, bench, signal }: ProbeContext): Promise<readonly Finding[]> {
  const said: string[] = [];
  try {
    const original = originalOf(rig);
    if (!original) return [];
    // Without its key the credentials would be erased.
    if (unset !== undefined)
      return [
        broken(
          id,
          `what an earlier run found in the module is not put back: ${unset} is not set`,
          `set ${unset} to the private key of the module; \`bc26-hil restore\` puts it back, too`,
        ),
      ];
    const whole = await giveBackModule({
      rig,
      original,
      module: { at: (command) => bench.at.send(command, { signal }) },
      powerSaving: new Map(),
      durable: () => pause(bench.clock, rig.module.durableMs, signal).then(() => undefined),
      say: (text) => said.push(text),
    });
    const last = said.pop() ?? '';
    return [...said.map((text) => note(id, text)), whole ? ok(id, last) : warning(id, last, mend)];
  } catch (error) {
    if (signal.aborted) throw abortError(messageOf(error), signal);
    return [...said.map((text) => note(id, text)), brokenBy(id, error, mend)];
  }
}
