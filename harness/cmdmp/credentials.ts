import { isEmulated, type RigFile } from '../../rigs/file/rig-file.ts';
import { HilError } from '../base/error.ts';
import { escapeText } from '../base/escape.ts';
import { inMessage } from '../bc26/require-ok.ts';
import { access } from '../clauses/limits.ts';
import { withoutBlanks } from './answer.ts';
import { isBlank } from './blank.ts';
import { saveCredentials } from './encode.ts';
import { credentialsRecord } from './records.ts';
import { describeReading, type Snapshot } from './snapshot.ts';

export interface RigCredentials {
  readonly appKey: string;
  readonly password: string;
}

/** What the rig file says about the credentials in its module. */
export interface CredentialsRule {
  /** `factory`: none are saved, and the module shows what it was made with. */
  readonly credentials?: RigCredentials | 'factory' | undefined;
  readonly emulated: boolean;
  readonly mayLoseCredentials: boolean;
}

/** What a rig file says about the credentials in its module. */
export const credentialsRule = (
  rig: Pick<RigFile, 'control' | 'credentials' | 'module'>,
): CredentialsRule => ({
  credentials: rig.credentials,
  emulated: isEmulated(rig),
  mayLoseCredentials: rig.module.mayLoseCredentials,
});

/**
 * Refuses a run that would destroy a private key that cannot be restored: the module shows only four characters of it.
 * Call it after the snapshot and before the first write.
 * @throws CREDENTIALS_AT_RISK, unless the module holds none (by the rig file, or by what it shows), holds the rig's, is
 *   emulated, or may lose them
 */
export function guardCredentials(snapshot: Snapshot, rule: CredentialsRule): void {
  const { credentials, emulated, mayLoseCredentials } = rule;
  if (emulated || mayLoseCredentials || credentials === 'factory') return;
  const reading = snapshot.saved[credentialsRecord.name];
  if (reading && isBlank(credentialsRecord, reading)) return;
  if (reading?.text !== undefined && credentialsCommand(reading.text, credentials)) return;
  const ours = credentials
    ? `the rig file has those of ${escapeText(credentials.appKey)}${difference(reading?.text, credentials)}`
    : 'the rig file has none';
  throw new HilError(
    'CREDENTIALS_AT_RISK',
    `the module holds credentials "${inMessage(describeReading(reading))}", and ${ours}: ` +
      'its private key could not be restored after the run',
    {
      remedy:
        "give the module's app key and private key as `credentials` in the rig file; if none were ever saved in " +
        'it, so that it shows what it was made with, `credentials: factory`; ' +
        'or, if the module may lose its private key, `module: { mayLoseCredentials: true }`',
    },
  );
}

/**
 * The command that saves the rig's credentials, if the rig has any and the module holds them: the whole app key and the
 * shown part of the private key are those of the rig. Otherwise undefined. A module may show too much of the key, or quotes, or blanks after
 * the commas: the clauses judge that (CFG-MASK, CFG-READ-UNQUOTED).
 * @param text the record as `AT+QDMPCFG=4,2` shows it, type first
 */
export function credentialsCommand(text: string, rig: CredentialsRule['credentials']): string | undefined {
  if (!rig || rig === 'factory') return undefined;
  const { keys, tmlType, tmlImei } = partsOf(text);
  const shown = afterAppKey(keys, rig.appKey);
  if (
    shown === undefined ||
    ![shown, withoutBlanks(shown)].some((key) => mayShow(withoutQuotes(key), rig.password))
  )
    return undefined;
  return saveCredentials({ ...rig, tmlType, tmlImei });
}

/** Splits from both ends: the keys may hold commas, the last two fields cannot. */
export function partsOf(text: string): { keys: string; tmlType: string; tmlImei: string } {
  const [, keys = '', tmlType = '', tmlImei = ''] =
    /^"?2"?, *(.*), *"?([^,"]*)"?, *"?([^,"]*)"?$/s.exec(text) ?? [];
  return { keys, tmlType, tmlImei };
}

/** Which of the rig's keys the module does not hold, in words, without any part of a private key. */
function difference(text: string | undefined, { appKey, password }: RigCredentials): string {
  if (text === undefined) return '';
  const shown = afterAppKey(partsOf(text).keys, appKey);
  if (shown === undefined) return ' (another app key)';
  const begins = withoutQuotes(withoutBlanks(shown)).startsWith(password.slice(0, access.passwordShown));
  return begins
    ? ' (the same app key, and its private key begins like the rig file’s, but continues differently)'
    : ' (the same app key, but its private key begins differently from the rig file’s)';
}

const afterAppKey = (keys: string, appKey: string): string | undefined =>
  [`${appKey},`, `"${appKey}",`].flatMap((start) =>
    keys.startsWith(start) ? [keys.slice(start.length)] : [],
  )[0];

const withoutQuotes = (key: string): string => /^"(.*)"$/s.exec(key)?.[1] ?? key;

/** What stands for hidden characters: one sign repeated, or the letter x repeated. */
const mask = /^(?:([^0-9A-Za-z]?)\1*|x{2,}|X{2,})$/s;

/** Whether `shown` may be this private key: its beginning, then nothing or a mask. */
function mayShow(shown: string, key: string): boolean {
  const same = [...key].findIndex((character, index) => shown[index] !== character);
  const common = same < 0 ? key.length : same;
  // A short key may be hidden completely (clause CFG-MASK-COUNT).
  const needed = key.length > access.passwordShown ? access.passwordShown : 0;
  return common >= needed && mask.test(shown.slice(common));
}
