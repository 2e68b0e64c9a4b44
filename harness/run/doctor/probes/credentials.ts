import { isEmulated } from '../../../../rigs/file/rig-file.ts';
import { messageOf } from '../../../base/error.ts';
import { abortError } from '../../../bc26/pause.ts';
import { credentialsCommand, credentialsRule, guardCredentials } from '../../../cmdmp/credentials.ts';
import { snapshotOf } from '../../../cmdmp/give-back.ts';
import { credentialsRecord } from '../../../cmdmp/records.ts';
import { readRecord, type Snapshot } from '../../../cmdmp/snapshot.ts';
import { isOwnValue } from '../../../jest/fixtures/own-values.ts';
import { originalOf } from '../../restore/give-back-module.ts';
import { brokenBy } from '../findings/broken-by.ts';
import { type Finding, note, ok } from '../findings/finding.ts';
import type { ProbeContext } from './probe-context.ts';

const id = 'credentials';

/**
 * Whether a run could put the module's credentials back: by the guard that refuses it otherwise. Reads one record and saves
 * nothing. Comes before what an earlier run left is put back, since that is the original then.
 * @throws ABORTED
 */
export async function credentials(context: ProbeContext): Promise<readonly Finding[]> {
  const { rig, unset, signal } = context;
  // An emulated board is made anew for each run.
  if (isEmulated(rig)) return [];
  try {
    const held = await heldCredentials(context);
    const text = held.saved[credentialsRecord.name]?.text;
    if (
      text !== undefined &&
      isOwnValue(credentialsRecord, text) &&
      !credentialsCommand(text, rig.credentials)
    )
      return [note(id, 'the module holds credentials of a test: the next run sets those of the rig file')];
    // The variable that is missing is found already.
    if (unset !== undefined) return [];
    guardCredentials(held, credentialsRule(rig));
    return [ok(id, 'a run can put back the credentials that the module holds')];
  } catch (error) {
    if (signal.aborted) throw abortError(messageOf(error), signal);
    return [brokenBy(id, error, 'give the credentials of the module in the rig file')];
  }
}

/** What an earlier run found in the module, or else what it holds now. */
async function heldCredentials({ rig, bench, signal }: ProbeContext): Promise<Snapshot> {
  const original = originalOf(rig);
  if (original) return snapshotOf(original);
  const sender = { at: (command: string) => bench.at.send(command, { signal }) };
  const reading = await readRecord(sender, credentialsRecord);
  return { inUse: { text: undefined, final: 'not read' }, saved: { [credentialsRecord.name]: reading } };
}
