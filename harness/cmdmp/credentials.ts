import { HilError } from '../base/error.ts';
import { escapeText } from '../base/escape.ts';
import { inMessage } from '../bc26/require-ok.ts';
import { access } from '../clauses/limits.ts';
import { isBlank } from './blank.ts';
import { saveCredentials } from './encode.ts';
import { credentialsRecord } from './records.ts';
import { describeReading, type Snapshot } from './snapshot.ts';

/** The app key and private key of a rig file. */
export interface RigCredentials {
  readonly appKey: string;
  readonly password: string;
}

/** What a rig says about the credentials in its module. */
export interface CredentialsRule {
  readonly credentials?: RigCredentials | undefined;
  readonly emulated: boolean;
  readonly mayLoseCredentials: boolean;
}

/**
 * Refuses a run that would destroy a private key nobody could put back: the module shows but four characters
 * of it. To be asked after the snapshot and before the first write.
 * @throws CREDENTIALS_AT_RISK unless the module holds none, holds the rig's, is emulated, or may lose them
 */
export function guardCredentials(snapshot: Snapshot, rule: CredentialsRule): void {
  if (rule.emulated || rule.mayLoseCredentials) return;
  const reading = snapshot.saved[credentialsRecord.name];
  if (reading && isBlank(credentialsRecord, reading)) return;
  if (reading?.text !== undefined && rule.credentials && wayBack(reading.text, rule.credentials)) return;
  const known = rule.credentials
    ? `the rig file has those of ${escapeText(rule.credentials.appKey)}${difference(reading?.text, rule.credentials)}`
    : 'the rig file has none';
  throw new HilError(
    'CREDENTIALS_AT_RISK',
    `the module holds credentials "${inMessage(describeReading(reading))}", and ${known}: ` +
      'its private key could not be put back after the run',
    {
      remedy:
        "give the module's app key and private key as `credentials` in the rig file, " +
        'or say `module: { mayLoseCredentials: true }`',
    },
  );
}

/**
 * The command that puts saved credentials back, where what the module shows of them is the rig's: the app key
 * whole, the private key as far as it is shown. Undefined where they are somebody else's. How a module shows them is
 * for the clauses to judge (CFG-MASK, CFG-READ-UNQUOTED): one that shows more of the key than it should, in quotes, or
 * with blanks after the commas still holds the rig's.
 * @param text the record as `AT+QDMPCFG=4,2` shows it, type first
 */
export function wayBack(text: string, rig: RigCredentials): string | undefined {
  const { keys, tmlType, tmlImei } = partsOf(text);
  const shown = afterAppKey(keys, rig.appKey);
  if (shown === undefined || ![shown, shown.trimStart()].some((key) => mayShow(bare(key), rig.password)))
    return undefined;
  return saveCredentials({ ...rig, tmlType, tmlImei });
}

/** From both ends, since either key may hold commas; the last two fields hold none. */
function partsOf(text: string): { keys: string; tmlType: string; tmlImei: string } {
  const [, keys = '', tmlType = '', tmlImei = ''] =
    /^"?2"?, *(.*), *"?([^,"]*)"?, *"?([^,"]*)"?$/s.exec(text) ?? [];
  return { keys, tmlType, tmlImei };
}

/** Which of the rig's keys the module does not hold, in words; of a private key they show nothing. */
function difference(text: string | undefined, { appKey, password }: RigCredentials): string {
  if (text === undefined) return '';
  const shown = afterAppKey(partsOf(text).keys, appKey);
  if (shown === undefined) return ' (another app key)';
  const begins = bare(shown.trimStart()).startsWith(password.slice(0, access.passwordShown));
  return begins
    ? ' (the same app key, and its private key begins as the rig file’s, but does not go on as that)'
    : ' (the same app key, but its private key begins otherwise than the rig file’s)';
}

const afterAppKey = (keys: string, appKey: string): string | undefined =>
  [`${appKey},`, `"${appKey}",`].flatMap((start) =>
    keys.startsWith(start) ? [keys.slice(start.length)] : [],
  )[0];

const bare = (key: string): string => /^"(.*)"$/s.exec(key)?.[1] ?? key;

/** What stands for hidden characters: a sign again and again, or a letter that is used for it. */
const mask = /^(?:([^0-9A-Za-z]?)\1*|x{2,}|X{2,})$/s;

/** Whether a module that holds this private key may show it so: its beginning, then nothing or a mask. */
function mayShow(shown: string, key: string): boolean {
  const same = [...key].findIndex((character, index) => shown[index] !== character);
  const common = same < 0 ? key.length : same;
  // A short key may be hidden whole (clause CFG-MASK-COUNT).
  const needed = key.length > access.passwordShown ? access.passwordShown : 0;
  return common >= needed && mask.test(shown.slice(common));
}
