import type { Snapshot } from './snapshot.ts';
import { access } from '../clauses/limits.ts';
import { inMessage } from '../bc26/accepted.ts';
import { HilError } from '../base/error.ts';
import { escapeText } from '../base/escape.ts';
import { splitFields } from './answer.ts';
import { saveCredentials } from './encode.ts';
import { isBlank } from './blank.ts';
import { credentialsRecord } from './records.ts';
import { describeReading } from './snapshot.ts';

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
    ? `the rig file has those of ${escapeText(rule.credentials.appKey)}`
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
 * whole, the private key as far as it is shown. Undefined where they are somebody else's.
 * @param text the record as `AT+QDMPCFG=4,2` shows it, type first
 */
export function wayBack(text: string, rig: RigCredentials): string | undefined {
  const shownKey = rig.password.slice(0, access.passwordShown);
  // Matched from the left, since an app key may hold commas; then the last two fields, which hold none.
  const rest = after(after(after(text, '2,'), rig.appKey), ',')?.trimStart();
  const masked = after(rest, shownKey);
  const tail = masked === undefined ? undefined : /^\**,(.*)$/s.exec(masked)?.[1];
  if (tail === undefined) return undefined;
  const { fields } = splitFields(tail.trimStart(), 2);
  const [tmlType, tmlImei] = fields;
  if (tmlType === undefined || tmlImei === undefined) return undefined;
  return saveCredentials({ ...rig, tmlType, tmlImei });
}

const after = (text: string | undefined, start: string): string | undefined =>
  text?.startsWith(start) ? text.slice(start.length) : undefined;
