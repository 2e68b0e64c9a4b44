import { isHilError } from '../base/error.ts';
import { splitFields } from './answer.ts';
import { mayBeUnsaved } from './blank.ts';
import { credentialsCommand, type CredentialsRule, partsOf } from './credentials.ts';
import { accessCommand, accessWrite, saveCredentials, saveExtended } from './encode.ts';
import { credentialsRecord, type SavedRecord } from './records.ts';
import type { Reading } from './snapshot.ts';
import { inQuotes } from './spelling.ts';

/**
 * The commands that may restore a record, the likeliest first. A record that was never saved is restored by erasing. If it
 * reads as the defaults, these may have been saved, so saving is the second command. A record that cannot be saved again
 * is erased: no value is better than one of a test.
 */
export function restoreCommands(
  record: SavedRecord,
  before: Reading,
  rule: CredentialsRule,
): readonly [string, ...string[]] {
  const saving = saveCommand(record, before, rule);
  if (saving === undefined) return [record.erase];
  // A firmware may take addresses and IMEIs in quotes only (clauses CFG-IP-UNQUOTED, CFG-IMEI-UNQUOTED).
  const quoted = inQuotes(saving);
  const others = quoted === undefined ? [] : [quoted];
  return mayBeUnsaved(record, before) ? [record.erase, saving, ...others] : [saving, ...others, record.erase];
}

/** The command that saves what a reading shows; undefined if no command can. */
function saveCommand(record: SavedRecord, { text }: Reading, rule: CredentialsRule): string | undefined {
  if (text === undefined) return undefined;
  try {
    if (record === credentialsRecord) return credentialsCommand(text, rule.credentials);
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

/** Stands for the private key, of which a module shows four characters only. */
const keyPlaceholder = '<private key>';

/** The command by which a person puts a record back, quoted as the module wants it. */
export function commandByHand(record: SavedRecord, before: Reading, rule: CredentialsRule): string {
  if (before.text === undefined || mayBeUnsaved(record, before)) return record.erase;
  if (record !== credentialsRecord) return saveCommand(record, before, rule) ?? record.erase;
  if (rule.credentials === 'factory') return record.erase;
  const { keys, tmlType, tmlImei } = partsOf(before.text);
  const [appKey = ''] = splitFields(keys, 2).fields;
  return saveCredentials({
    appKey: appKey.replaceAll(/["\r\n\x08]/g, ''),
    password: keyPlaceholder,
    tmlType,
    tmlImei,
  });
}
