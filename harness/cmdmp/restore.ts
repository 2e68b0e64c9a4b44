import { hasCode, isHilError } from '../base/error.ts';
import type { Sender } from './access.ts';
import { isBlank, mayBeUnsaved } from './blank.ts';
import { credentialsCommand, type CredentialsRule } from './credentials.ts';
import { extendedCommand } from './encode.ts';
import { type Progress, putBack, putBackUnseen } from './put-back-record.ts';
import { credentialsRecord, type SavedRecord, savedRecords } from './records.ts';
import { cutShortError, restoreFailedError, type Wanted } from './restore-errors.ts';
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

/**
 * How often what the commands of other records have changed is put back once more: with a firmware whose records change
 * each other there is no end to it.
 */
const ROUNDS = 2;

/** A step for one record. @returns whether it wrote something */
type Step = (wanted: Wanted) => Promise<boolean>;

/**
 * Saves the records again as the snapshot shows them and reads each one back; then reads them all, since a firmware may
 * change another record than the one it was told. Writes only those that differ, and those of which a reading does not tell
 * whether they do: the rig's credentials (or erases what was saved over those of the factory), and records that held
 * nothing. The values in use follow at the next reboot.
 * @throws RESTORE_FAILED with every record that was not restored or not reached; if `AtClient.send` rejected, its error
 *   is the cause
 */
export async function restore(sender: Sender, snapshot: Snapshot, rule: RestoreRule): Promise<Restored> {
  const progress: Progress = {
    ...{ written: [], lost: [], uncertain: [] },
    ...{ shownOtherwise: [], unseen: [], failures: [] },
  };
  let left = wantedBy(snapshot);
  const reached = (wanted: Wanted): void => {
    left = left.filter(({ record }) => record !== wanted.record);
  };
  const first: Step = (wanted) => restoreOne(sender, wanted, rule, progress, reached);
  const again =
    (mayWrite: boolean): Step =>
    (wanted) =>
      keep(sender, wanted, mayWrite ? rule : undefined, progress, reached);
  try {
    let wrote = await takeEach(left, first, progress);
    for (let round = 0; wrote; round++) {
      left = wantedBy(snapshot).filter((wanted) => isSettled(wanted, progress));
      wrote = await takeEach(left, again(round < ROUNDS), progress);
    }
  } catch (error) {
    if (!isHilError(error)) throw error;
    throw cutShortError(progress.failures, left, rule, error);
  }
  if (progress.failures.length > 0) throw restoreFailedError(progress.failures, rule);
  return progress;
}

const wantedBy = ({ saved }: Snapshot): readonly Wanted[] =>
  savedRecords.flatMap((record) => {
    const before = saved[record.name];
    return before ? [{ record, before }] : [];
  });

/** Whether the record was seen to read as before. */
const isSettled = ({ record }: Wanted, { lost, shownOtherwise, unseen, failures }: Progress): boolean =>
  !failures.some((failure) => failure.record === record) &&
  ![...lost, ...unseen].includes(record.name) &&
  !(record === credentialsRecord && shownOtherwise.length > 0);

/** Takes a step for one record after the other. @returns whether one of them wrote something */
async function takeEach(all: readonly Wanted[], step: Step, { failures }: Progress): Promise<boolean> {
  let wrote = false;
  for (const wanted of all) {
    const stepWrote = await step(wanted).catch((error: unknown) => {
      // The module falls silent after a command of this record: the others are still put back.
      if (!hasCode(error, 'INPUT_SILENCES')) throw error;
      failures.push({ ...wanted, text: `${wanted.record.name}: ${error.message}` });
      return true;
    });
    wrote ||= stepWrote;
  }
  return wrote;
}

/** @param reached is called once the record was reached, so that what fails then is noted with it */
async function restoreOne(
  sender: Sender,
  wanted: Wanted,
  rule: RestoreRule,
  progress: Progress,
  reached: (wanted: Wanted) => void,
): Promise<boolean> {
  const { record, before } = wanted;
  if (rule.extendedShownLate && record.command === extendedCommand) {
    reached(wanted);
    await putBackUnseen(sender, wanted, rule, progress);
    return true;
  }
  const reads = await readHeld(sender, record);
  reached(wanted);
  if (isSameReading(before, reads) && !mayHideKey(record, before, rule)) {
    if (!mayHideText(record, before, rule)) return false;
    await sender.at(record.erase);
    if (isSameReading(before, await readHeld(sender, record))) return true;
  }
  await putBack(sender, wanted, rule, progress);
  return true;
}

/**
 * Reads a record that was put back, and puts it back once more if it reads otherwise now.
 * @param rule undefined: it is not put back any more
 */
async function keep(
  sender: Sender,
  wanted: Wanted,
  rule: RestoreRule | undefined,
  progress: Progress,
  reached: (wanted: Wanted) => void,
): Promise<boolean> {
  const { record, before } = wanted;
  const now = await readHeld(sender, record);
  reached(wanted);
  if (isSameReading(before, now)) return false;
  if (rule) {
    await putBack(sender, wanted, rule, progress);
    return true;
  }
  const text = `${record.name} was "${describeReading(before)}", and is "${describeReading(now)}" each time that other records are put back`;
  progress.failures.push({ ...wanted, text });
  return false;
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
