import { HilError, isHilError, messageOf } from '../base/error.ts';
import { inMessage } from '../bc26/require-ok.ts';
import type { Sender } from './access.ts';
import { splitFields } from './answer.ts';
import { mayBeUnsaved } from './blank.ts';
import { credentialsCommand, type CredentialsRule } from './credentials.ts';
import { accessCommand, accessWrite, extendedCommand, saveExtended } from './encode.ts';
import { credentialsRecord, type SavedRecord, savedRecords } from './records.ts';
import { describeReading, isSameReading, type Reading, readRecord, type Snapshot } from './snapshot.ts';

interface Restored {
  readonly written: readonly string[];
  /** Credentials that could not be put back; the rig allows that. */
  readonly lost: readonly string[];
  /** Records that read as before, but whose values hold commas: a comma may be in another field than before. */
  readonly uncertain: readonly string[];
  /** Records that were written but cannot be read back before the next reboot. */
  readonly unseen: readonly string[];
}

export interface RestoreRule extends CredentialsRule {
  /**
   * The firmware shows a saved or erased extended record only after a reboot: a known deviation from EX-READ-SAVED. So a
   * reading does not show what is saved, neither before nor after the restore.
   */
  readonly extendedShownLate?: boolean;
}

interface Progress {
  readonly written: string[];
  readonly lost: string[];
  readonly uncertain: string[];
  readonly unseen: string[];
  readonly failures: string[];
}

/**
 * Saves the records again as the snapshot shows them, and reads each one back. Writes only those that differ, and the
 * rig's credentials, since a different private key may read the same. The values in use follow at the next reboot.
 * @throws RESTORE_FAILED with every record that was not restored or not reached; if `AtClient.send` rejected, its error
 *   is the cause
 */
export async function restore(sender: Sender, snapshot: Snapshot, rule: RestoreRule): Promise<Restored> {
  const progress: Progress = { written: [], lost: [], uncertain: [], unseen: [], failures: [] };
  const left = savedRecords.flatMap((record) => {
    const before = snapshot.saved[record.name];
    return before ? [{ record, before }] : [];
  });
  try {
    for (let next = left[0]; next; next = left[0]) {
      const { record, before } = next;
      if (rule.extendedShownLate && record.command === extendedCommand) {
        left.shift();
        await putBackUnseen(sender, record, before, rule, progress);
        continue;
      }
      const reads = await readRecord(sender, record);
      left.shift();
      if (isSameReading(before, reads) && !hidesRigsKey(record, before, rule)) continue;
      await putBack(sender, record, before, rule, progress);
    }
  } catch (error) {
    if (!isHilError(error)) throw error;
    throw cutShortError(
      progress.failures,
      left.map(({ record }) => record.name),
      error,
    );
  }
  if (progress.failures.length > 0) throw restoreFailedError(progress.failures);
  return progress;
}

/** Restores one record and notes the result. @throws the errors of `AtClient.send`, noted as well */
async function putBack(
  sender: Sender,
  record: SavedRecord,
  before: Reading,
  rule: CredentialsRule,
  { written, lost, uncertain, failures }: Progress,
): Promise<void> {
  const now = await tryCommands(sender, record, before, restoreCommands(record, before, rule)).catch(
    (error) => {
      failures.push(`${record.name} was not completely restored`);
      throw error;
    },
  );
  written.push(record.name);
  if (isSameReading(before, now)) {
    if (holdsCommas(record, before)) uncertain.push(record.name);
  } else if (record === credentialsRecord && (rule.emulated || rule.mayLoseCredentials)) {
    lost.push(record.name);
  } else {
    failures.push(`${record.name} was "${describeReading(before)}" and is "${describeReading(now)}"`);
  }
}

/** The same if readings do not show what is saved: by the likeliest command alone, without reading. */
async function putBackUnseen(
  sender: Sender,
  record: SavedRecord,
  before: Reading,
  rule: CredentialsRule,
  { unseen, written, failures }: Progress,
): Promise<void> {
  const [command] = restoreCommands(record, before, rule);
  const { final } = await sender.at(command).catch((error: unknown) => {
    failures.push(`${record.name} was not completely restored`);
    throw error;
  });
  written.push(record.name);
  if (final.kind === 'OK') unseen.push(record.name);
  else
    failures.push(
      `${record.name} was "${describeReading(before)}", and ${command} was refused (${final.text})`,
    );
}

/**
 * Whether the reading may hide a changed private key: only its first four characters are shown, and a test may have saved
 * another key with the same beginning. So the rig's own key is always written again.
 */
const hidesRigsKey = (record: SavedRecord, { text }: Reading, { credentials }: CredentialsRule): boolean =>
  record === credentialsRecord &&
  text !== undefined &&
  !!credentials &&
  !!credentialsCommand(text, credentials);

/** Sends one command after the other until the record reads as before; a refused command changes nothing. */
async function tryCommands(
  sender: Sender,
  record: SavedRecord,
  before: Reading,
  [command, ...others]: readonly [string, ...string[]],
): Promise<Reading> {
  await sender.at(command);
  const now = await readRecord(sender, record);
  const [next, ...rest] = others;
  if (next === undefined || isSameReading(before, now)) return now;
  return tryCommands(sender, record, before, [next, ...rest]);
}

/**
 * The commands that may restore a record, the likeliest first. A record that was never saved is restored by erasing. If it
 * reads as the defaults, these may have been saved, so saving is the second command. A record that cannot be saved again
 * is erased: no value is better than one of a test.
 */
function restoreCommands(
  record: SavedRecord,
  before: Reading,
  rule: CredentialsRule,
): readonly [string, ...string[]] {
  const saving = saveCommand(record, before, rule);
  if (saving === undefined) return [record.erase];
  return mayBeUnsaved(record, before) ? [record.erase, saving] : [saving, record.erase];
}

/** The command that saves what a reading shows; undefined if no command can. */
function saveCommand(record: SavedRecord, { text }: Reading, rule: CredentialsRule): string | undefined {
  if (text === undefined) return undefined;
  try {
    if (record === credentialsRecord) return rule.credentials && credentialsCommand(text, rule.credentials);
    const [type, ...values] = splitFields(text, record.fields + 1).fields;
    if (type !== String(record.type) || values.length !== record.fields) return undefined;
    return record.command === accessCommand
      ? accessWrite(record.type, ...values)
      : saveExtended(record.type, values);
  } catch (error) {
    // A value that cannot be quoted.
    if (isHilError(error) && error.code === 'USAGE') return undefined;
    throw error;
  }
}

const holdsCommas = ({ fields }: SavedRecord, { text }: Reading): boolean =>
  fields > 1 && text !== undefined && text.split(',').length > fields + 1;

const remedy = "the values from before are in the run's record and its trace: write them back by hand";

const restoreFailedError = (failures: readonly string[]): HilError =>
  new HilError('RESTORE_FAILED', `the module is not as it was found: ${failures.map(inMessage).join('; ')}`, {
    remedy,
  });

/** The error of a restore that ended early; `left` are the records that were not reached. */
function cutShortError(failures: readonly string[], left: readonly string[], cause: HilError): HilError {
  const unreached = left.length > 0 ? [`not reached: ${left.join(', ')}`] : [];
  // The reason of an abort says more than "aborted".
  const why = messageOf((cause.code === 'ABORTED' && cause.cause) || cause);
  const what = [...failures.map(inMessage), ...unreached, `because ${why}`].join('; ');
  return new HilError('RESTORE_FAILED', `the module may not be as it was found: ${what}`, { remedy, cause });
}
