import { HilError, isHilError, messageOf } from '../base/error.ts';
import { inMessage } from '../bc26/require-ok.ts';
import type { Sender } from './access.ts';
import { splitFields } from './answer.ts';
import { mayBeUnsaved } from './blank.ts';
import { type CredentialsRule, wayBack } from './credentials.ts';
import { accessCommand, accessWrite, extendedCommand, saveExtended } from './encode.ts';
import { credentialsRecord, type SavedRecord, savedRecords } from './records.ts';
import { describeReading, type Reading, readRecord, sameReading, type Snapshot } from './snapshot.ts';

interface Restored {
  /** Names of the records that were written. */
  readonly written: readonly string[];
  /** Credentials that could not be put back, which the rig had allowed. */
  readonly lost: readonly string[];
  /**
   * Records that read as before, but whose values hold commas: which field a comma belongs to cannot be seen.
   */
  readonly uncertain: readonly string[];
  /** Records that were written and cannot be read back before the next reboot. */
  readonly unseen: readonly string[];
}

/** What a restore has to know of the rig and its firmware. */
export interface RestoreRule extends CredentialsRule {
  /**
   * The firmware shows what was saved in an extended record, or erased, only after a reboot: a known deviation from
   * EX-READ-SAVED. What reads as before may then be something else, and what was put back cannot be seen.
   */
  readonly extendedShownLate?: boolean;
}

/** How a restore stands: what it has to say of the records so far. */
interface Progress {
  readonly written: string[];
  readonly lost: string[];
  readonly uncertain: string[];
  readonly unseen: string[];
  readonly failures: string[];
}

/**
 * Puts the saved records back as the snapshot shows them, and reads each back. Writes only those that differ, and
 * the rig's credentials, since a private key that differs may read the same.
 * What is in use follows at the next reboot.
 * @throws RESTORE_FAILED with every record that could not be put back or was not come to; its cause is what
 *   `AtClient.send` rejected with, if that cut it short
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
      if (sameReading(before, reads) && !hidesRigsKey(record, before, rule)) continue;
      await putBack(sender, record, before, rule, progress);
    }
  } catch (error) {
    if (!isHilError(error)) throw error;
    throw cutShort(
      progress.failures,
      left.map(({ record }) => record.name),
      error,
    );
  }
  if (progress.failures.length > 0) throw restoreFailed(progress.failures);
  return progress;
}

/** Brings one record back and notes how that ended. @throws what `AtClient.send` rejects with, noted as well */
async function putBack(
  sender: Sender,
  record: SavedRecord,
  before: Reading,
  rule: CredentialsRule,
  { written, lost, uncertain, failures }: Progress,
): Promise<void> {
  const now = await bringBack(sender, record, before, waysBack(record, before, rule)).catch((error) => {
    failures.push(`${record.name} was not put back to the end`);
    throw error;
  });
  written.push(record.name);
  if (sameReading(before, now)) {
    if (holdsCommas(record, before)) uncertain.push(record.name);
  } else if (record === credentialsRecord && (rule.emulated || rule.mayLoseCredentials)) {
    lost.push(record.name);
  } else {
    failures.push(`${record.name} was "${describeReading(before)}" and is "${describeReading(now)}"`);
  }
}

/** The same where what is read now says nothing: by the likeliest command alone, whatever the record shows. */
async function putBackUnseen(
  sender: Sender,
  record: SavedRecord,
  before: Reading,
  rule: CredentialsRule,
  { unseen, written, failures }: Progress,
): Promise<void> {
  const [command] = waysBack(record, before, rule);
  const { final } = await sender.at(command).catch((error: unknown) => {
    failures.push(`${record.name} was not put back to the end`);
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
 * Whether a record reads the same whatever becomes of it: of a private key only four characters are shown, and a
 * test may have saved another that begins alike. The rig's own is therefore always written again.
 */
const hidesRigsKey = (record: SavedRecord, { text }: Reading, { credentials }: CredentialsRule): boolean =>
  record === credentialsRecord && text !== undefined && !!credentials && !!wayBack(text, credentials);

/** Tries one command after the other until the record reads as before; a refused one changes nothing. */
async function bringBack(
  sender: Sender,
  record: SavedRecord,
  before: Reading,
  [command, ...others]: readonly [string, ...string[]],
): Promise<Reading> {
  await sender.at(command);
  const now = await readRecord(sender, record);
  const [next, ...rest] = others;
  if (next === undefined || sameReading(before, now)) return now;
  return bringBack(sender, record, before, [next, ...rest]);
}

/**
 * The commands that may bring a record back, the likeliest first. A record that was never saved comes back by
 * erasing; where the module shows defaults then, that cannot be told from saved defaults, so saving is second.
 * What cannot be saved again is erased: better no value than one of a test's.
 */
function waysBack(
  record: SavedRecord,
  before: Reading,
  rule: CredentialsRule,
): readonly [string, ...string[]] {
  const saving = saveCommand(record, before, rule);
  if (saving === undefined) return [record.erase];
  return mayBeUnsaved(record, before) ? [record.erase, saving] : [saving, record.erase];
}

/** The command that saves what a reading shows; undefined where that cannot be said in a command. */
function saveCommand(record: SavedRecord, { text }: Reading, rule: CredentialsRule): string | undefined {
  if (text === undefined) return undefined;
  try {
    if (record === credentialsRecord) return rule.credentials && wayBack(text, rule.credentials);
    const [type, ...values] = splitFields(text, record.fields + 1).fields;
    if (type !== String(record.type) || values.length !== record.fields) return undefined;
    return record.command === accessCommand
      ? accessWrite(record.type, ...values)
      : saveExtended(record.type, values);
  } catch (error) {
    // A value that cannot stand in quotes.
    if (isHilError(error) && error.code === 'USAGE') return undefined;
    throw error;
  }
}

const holdsCommas = ({ fields }: SavedRecord, { text }: Reading): boolean =>
  fields > 1 && text !== undefined && text.split(',').length > fields + 1;

const remedy = "the values of before stand in the run's record and its trace; write them back by hand";

const restoreFailed = (failures: readonly string[]): HilError =>
  new HilError('RESTORE_FAILED', `the module is not as it was found: ${failures.map(inMessage).join('; ')}`, {
    remedy,
  });

/** A restore that came to no end: `left` was not even looked at. */
function cutShort(failures: readonly string[], left: readonly string[], cause: HilError): HilError {
  const unseen = left.length > 0 ? [`not looked at: ${left.join(', ')}`] : [];
  // Why a wait was aborted says more than that it was.
  const why = messageOf((cause.code === 'ABORTED' && cause.cause) || cause);
  const what = [...failures.map(inMessage), ...unseen, `since ${why}`].join('; ');
  return new HilError('RESTORE_FAILED', `the module may not be as it was found: ${what}`, { remedy, cause });
}
