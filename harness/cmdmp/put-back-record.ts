import { hasCode } from '../base/error.ts';
import type { Sender } from './access.ts';
import { isBlank } from './blank.ts';
import type { CredentialsRule } from './credentials.ts';
import { credentialsRecord, type SavedRecord } from './records.ts';
import { restoreCommands } from './restore-commands.ts';
import type { Failure, Wanted } from './restore-errors.ts';
import { describeReading, isSameReading, readHeld, type Reading } from './snapshot.ts';

/** What became of the records so far: their names, or sentences. */
export interface Progress {
  readonly written: string[];
  readonly lost: string[];
  readonly uncertain: string[];
  readonly shownOtherwise: string[];
  readonly unseen: string[];
  readonly failures: Failure[];
}

const note = (names: string[], name: string): void => {
  if (!names.includes(name)) names.push(name);
};

/** Notes a record that was not restored. @throws `error` */
function notWhole(failures: Failure[], { record, before }: Wanted, error: unknown): never {
  if (!hasCode(error, 'INPUT_SILENCES'))
    failures.push({ record, before, text: `${record.name} was not completely restored` });
  throw error;
}

/**
 * Restores one record and notes the result. Where no credentials were saved, those that are saved now are erased.
 * @throws the errors of `AtClient.send`, noted as well
 */
export async function putBack(
  sender: Sender,
  { record, before }: Wanted,
  rule: CredentialsRule,
  progress: Progress,
): Promise<void> {
  if (record === credentialsRecord && rule.credentials === 'factory')
    return eraseCredentials(sender, before, progress);
  const { written, lost, uncertain, failures } = progress;
  const commands = restoreCommands(record, before, rule);
  const now = await tryCommands(sender, record, before, commands).catch((error: unknown) =>
    notWhole(failures, { record, before }, error),
  );
  note(written, record.name);
  if (isSameReading(before, now)) {
    if (holdsCommas(record, before)) note(uncertain, record.name);
  } else if (record === credentialsRecord && (rule.emulated || rule.mayLoseCredentials)) {
    lost.push(record.name);
  } else {
    const text = `${record.name} was "${describeReading(before)}" and is "${describeReading(now)}"`;
    failures.push({ record, before, text });
  }
}

/** None were saved, so erasing puts them back, whatever the module shows then. */
async function eraseCredentials(
  sender: Sender,
  before: Reading,
  { written, shownOtherwise, failures }: Progress,
): Promise<void> {
  const record = credentialsRecord;
  const { final } = await sender.at(record.erase);
  note(written, record.name);
  if (final.kind !== 'OK') {
    failures.push({ record, before, text: `${record.name}: ${record.erase} was refused (${final.text})` });
    return;
  }
  const now = await readHeld(sender, record);
  if (!isSameReading(before, now))
    shownOtherwise.push(`"${describeReading(before)}" before, "${describeReading(now)}" now`);
}

/** The same if readings do not show what is saved: by the likeliest command alone, without reading. */
export async function putBackUnseen(
  sender: Sender,
  { record, before }: Wanted,
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
