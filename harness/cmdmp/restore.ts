import { HilError, isHilError, messageOf } from '../base/error.ts';
import { escapeText } from '../base/escape.ts';
import { inMessage } from '../bc26/require-ok.ts';
import type { Sender } from './access.ts';
import { credentialsCommand, type CredentialsRule } from './credentials.ts';
import { extendedCommand } from './encode.ts';
import { credentialsRecord, type SavedRecord, savedRecords } from './records.ts';
import { commandByHand, restoreCommands } from './restore-commands.ts';
import { describeReading, isSameReading, type Reading, readRecord, type Snapshot } from './snapshot.ts';

export interface Restored {
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

/** A record with the reading that is to be put back. */
interface Wanted {
  readonly record: SavedRecord;
  readonly before: Reading;
}

interface Failure extends Wanted {
  readonly text: string;
}

interface Progress {
  readonly written: string[];
  readonly lost: string[];
  readonly uncertain: string[];
  readonly unseen: string[];
  readonly failures: Failure[];
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
    throw cutShortError(progress.failures, left, error);
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
      failures.push({ record, before, text: `${record.name} was not completely restored` });
      throw error;
    },
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
    failures.push({ record, before, text: `${record.name} was not completely restored` });
    throw error;
  });
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

const holdsCommas = ({ fields }: SavedRecord, { text }: Reading): boolean =>
  fields > 1 && text !== undefined && text.split(',').length > fields + 1;

/** Each record as a command of its own: whoever is to write them back copies them from here. */
const remedyFor = (missing: readonly Wanted[]): string =>
  `\`bc26-hil restore --rig …\` tries again; by hand, with \`bc26-hil at\`: ${missing
    .map(({ record, before }) => escapeText(commandByHand(record, before)))
    .join(' ; ')}`;

const restoreFailedError = (failures: readonly Failure[]): HilError =>
  new HilError(
    'RESTORE_FAILED',
    `the module is not as it was found: ${failures.map(({ text }) => inMessage(text)).join('; ')}`,
    { remedy: remedyFor(failures) },
  );

/** The error of a restore that ended early; `left` are the records that were not reached. */
function cutShortError(failures: readonly Failure[], left: readonly Wanted[], cause: HilError): HilError {
  const unreached =
    left.length > 0 ? [`not reached: ${left.map(({ record }) => record.name).join(', ')}`] : [];
  // The reason of an abort says more than "aborted".
  const why = messageOf((cause.code === 'ABORTED' && cause.cause) || cause);
  const what = [...failures.map(({ text }) => inMessage(text)), ...unreached, `because ${why}`].join('; ');
  const remedy = remedyFor([...failures, ...left]);
  return new HilError('RESTORE_FAILED', `the module may not be as it was found: ${what}`, { remedy, cause });
}
