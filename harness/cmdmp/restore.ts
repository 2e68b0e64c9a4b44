import { hasCode, isHilError } from '../base/error.ts';
import type { Sender } from './access.ts';
import { isBlank, mayBeUnsaved } from './blank.ts';
import { credentialsCommand, type CredentialsRule } from './credentials.ts';
import { extendedCommand } from './encode.ts';
import { credentialsRecord, type SavedRecord, savedRecords } from './records.ts';
import { restoreCommands } from './restore-commands.ts';
import { cutShortError, type Failure, restoreFailedError } from './restore-errors.ts';
import { describeReading, isSameReading, readHeld, type Reading, type Snapshot } from './snapshot.ts';

export interface Restored {
  readonly written: readonly string[];
  /** Credentials that could not be put back; the rig allows that. */
  readonly lost: readonly string[];
  /** Records that read as before, but whose values hold commas: a comma may be in another field than before. */
  readonly uncertain: readonly string[];
  /** Credentials that were erased, since none are saved in the rig's module; yet they read otherwise than before. */
  readonly shownOtherwise: readonly string[];
  /** Records that were written but cannot be read back before the next reboot. */
  readonly unseen: readonly string[];
}

export interface RestoreRule extends CredentialsRule {
  /**
   * The firmware shows a saved or erased extended record only after a reboot: a known deviation from EX-READ-SAVED. So a
   * reading does not show what is saved, neither before nor after the restore.
   */
  readonly extendedShownLate?: boolean;
  /** Whether a command since the snapshot may have saved something in the record; if absent, in any. */
  readonly mayHaveSaved?: (record: SavedRecord) => boolean;
}

interface Progress {
  readonly written: string[];
  readonly lost: string[];
  readonly uncertain: string[];
  readonly shownOtherwise: string[];
  readonly unseen: string[];
  readonly failures: Failure[];
}

/**
 * Saves the records again as the snapshot shows them, and reads each one back. Writes only those that differ, and
 * those of which a reading does not tell whether they do: the rig's credentials (or erases what was saved over those of
 * the factory), and records that held nothing. The values in use follow at the next reboot.
 * @throws RESTORE_FAILED with every record that was not restored or not reached; if `AtClient.send` rejected, its error
 *   is the cause
 */
export async function restore(sender: Sender, snapshot: Snapshot, rule: RestoreRule): Promise<Restored> {
  const progress: Progress = {
    written: [],
    lost: [],
    uncertain: [],
    shownOtherwise: [],
    unseen: [],
    failures: [],
  };
  const left = savedRecords.flatMap((record) => {
    const before = snapshot.saved[record.name];
    return before ? [{ record, before }] : [];
  });
  try {
    for (let next = left[0]; next; next = left[0]) {
      await restoreOne(sender, next, rule, progress, () => void left.shift()).catch((error: unknown) => {
        // The module falls silent after a command of this record: the others are still put back.
        if (!hasCode(error, 'INPUT_SILENCES')) throw error;
        if (left[0] === next) left.shift();
        progress.failures.push({ ...next, text: `${next.record.name}: ${error.message}` });
      });
    }
  } catch (error) {
    if (!isHilError(error)) throw error;
    throw cutShortError(progress.failures, left, rule, error);
  }
  if (progress.failures.length > 0) throw restoreFailedError(progress.failures, rule);
  return progress;
}

/** @param reached is called once the record was reached, so that what fails then is noted with it */
async function restoreOne(
  sender: Sender,
  { record, before }: Omit<Failure, 'text'>,
  rule: RestoreRule,
  progress: Progress,
  reached: () => void,
): Promise<void> {
  if (rule.extendedShownLate && record.command === extendedCommand) {
    reached();
    return putBackUnseen(sender, record, before, rule, progress);
  }
  const reads = await readHeld(sender, record);
  reached();
  if (isSameReading(before, reads) && !mayHideKey(record, before, rule)) {
    if (!mayHideText(record, before, rule)) return;
    await sender.at(record.erase);
    if (isSameReading(before, await readHeld(sender, record))) return;
  }
  if (record === credentialsRecord && rule.credentials === 'factory') {
    return eraseCredentials(sender, before, progress);
  }
  await putBack(sender, record, before, rule, progress);
}

/** Notes a record that was not restored. @throws `error` */
function notWhole(failures: Failure[], { record, before }: Omit<Failure, 'text'>, error: unknown): never {
  if (!hasCode(error, 'INPUT_SILENCES'))
    failures.push({ record, before, text: `${record.name} was not completely restored` });
  throw error;
}

/** Restores one record and notes the result. @throws the errors of `AtClient.send`, noted as well */
async function putBack(
  sender: Sender,
  record: SavedRecord,
  before: Reading,
  rule: CredentialsRule,
  { written, lost, uncertain, failures }: Progress,
): Promise<void> {
  const commands = restoreCommands(record, before, rule);
  const now = await tryCommands(sender, record, before, commands).catch((error: unknown) =>
    notWhole(failures, { record, before }, error),
  );
  written.push(record.name);
  if (isSameReading(before, now)) {
    if (holdsCommas(record, before)) uncertain.push(record.name);
  } else if (record === credentialsRecord && (rule.emulated || rule.mayLoseCredentials)) {
    lost.push(record.name);
  } else {
    const text = `${record.name} was "${describeReading(before)}" and is "${describeReading(now)}"`;
    failures.push({ record, before, text });
  }
}

/** None were saved, so erasing puts them back, whatever the module shows then. @throws as `putBack` */
async function eraseCredentials(
  sender: Sender,
  before: Reading,
  { written, shownOtherwise, failures }: Progress,
): Promise<void> {
  const record = credentialsRecord;
  const { final } = await sender.at(record.erase);
  written.push(record.name);
  if (final.kind !== 'OK') {
    failures.push({ record, before, text: `${record.name}: ${record.erase} was refused (${final.text})` });
    return;
  }
  const now = await readHeld(sender, record);
  if (!isSameReading(before, now))
    shownOtherwise.push(`"${describeReading(before)}" before, "${describeReading(now)}" now`);
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
  const { final } = await sender
    .at(command)
    .catch((error: unknown) => notWhole(failures, { record, before }, error));
  written.push(record.name);
  if (final.kind === 'OK') {
    unseen.push(record.name);
    return;
  }
  const text = `${record.name} was "${describeReading(before)}", and ${command} was refused (${final.text})`;
  failures.push({ record, before, text });
}

/**
 * Whether the reading may hide a changed private key: only its first four characters are shown, and a test may have saved
 * another key with the same beginning. So the rig's own key is always written again, and one saved over the factory's
 * always erased.
 */
const mayHideKey = (record: SavedRecord, before: Reading, { credentials }: CredentialsRule): boolean =>
  record === credentialsRecord &&
  before.text !== undefined &&
  (credentials === 'factory'
    ? !isBlank(record, before)
    : credentialsCommand(before.text, credentials) !== undefined);

/**
 * Whether the reading may hide a saved text: a record that holds nothing reads `NULL` or as the defaults, and a test may
 * have saved just that. So such a record is erased.
 */
const mayHideText = (record: SavedRecord, before: Reading, { mayHaveSaved }: RestoreRule): boolean =>
  mayBeUnsaved(record, before) && (mayHaveSaved?.(record) ?? true);

/**
 * Sends one command after the other until the record reads as before; a refused command changes nothing. What was saved
 * with OK and does not show is not erased: the reading may be what is wrong.
 */
async function tryCommands(
  sender: Sender,
  record: SavedRecord,
  before: Reading,
  [command, ...others]: readonly [string, ...string[]],
): Promise<Reading> {
  const { final } = await sender.at(command);
  const now = await readHeld(sender, record);
  const [next, ...rest] = others;
  if (next === undefined || isSameReading(before, now)) return now;
  if (command !== record.erase && next === record.erase && final.kind === 'OK' && isBlank(record, now))
    return now;
  return tryCommands(sender, record, before, [next, ...rest]);
}

const holdsCommas = ({ fields }: SavedRecord, { text }: Reading): boolean =>
  fields > 1 && text !== undefined && text.split(',').length > fields + 1;
