import { HilError, messageOf } from '../base/error.ts';
import { escapeText } from '../base/escape.ts';
import { inMessage } from '../bc26/require-ok.ts';
import type { CredentialsRule } from './credentials.ts';
import { type SavedRecord, savedRecords } from './records.ts';
import { commandByHand } from './restore-commands.ts';
import type { Reading, Snapshot } from './snapshot.ts';

/** A record with the reading that is to be put back. */
export interface Wanted {
  readonly record: SavedRecord;
  readonly before: Reading;
}

export interface Failure extends Wanted {
  readonly text: string;
}

/** Each record as a command of its own: whoever is to write them back copies them from here. */
const byHand = (missing: readonly Wanted[], rule: CredentialsRule): string =>
  missing.map(({ record, before }) => escapeText(commandByHand(record, before, rule))).join(' ; ');

const remedyFor = (missing: readonly Wanted[], rule: CredentialsRule): string =>
  `\`bc26-hil restore --rig …\` tries again; by hand, with \`bc26-hil at\`: ${byHand(missing, rule)}`;

/** The commands by which a person puts back all that a snapshot shows. */
export const commandsByHand = ({ saved }: Snapshot, rule: CredentialsRule): string =>
  byHand(
    savedRecords.flatMap((record) => {
      const before = saved[record.name];
      return before ? [{ record, before }] : [];
    }),
    rule,
  );

/** Records were refused. */
export const restoreFailedError = (failures: readonly Failure[], rule: CredentialsRule): HilError =>
  new HilError(
    'RESTORE_FAILED',
    `the module is not as it was found: ${failures.map(({ text }) => inMessage(text)).join('; ')}`,
    { remedy: remedyFor(failures, rule) },
  );

/** The error of a restore that ended early; `left` are the records that were not reached. */
export function cutShortError(
  failures: readonly Failure[],
  left: readonly Wanted[],
  rule: CredentialsRule,
  cause: HilError,
): HilError {
  const unreached =
    left.length > 0 ? [`not reached: ${left.map(({ record }) => record.name).join(', ')}`] : [];
  // The reason of an abort says more than "aborted".
  const why = messageOf((cause.code === 'ABORTED' && cause.cause) || cause);
  const what = [...failures.map(({ text }) => inMessage(text)), ...unreached, `because ${why}`].join('; ');
  const remedy = remedyFor([...failures, ...left], rule);
  return new HilError('RESTORE_FAILED', `the module may not be as it was found: ${what}`, { remedy, cause });
}
