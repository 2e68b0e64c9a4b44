import {
  access,
  accessWrite,
  extended,
  extendedWrite,
  quote,
  type Reading,
  type SavedRecord,
  savedRecords,
  showsFields,
  splitFields,
  type TestModule,
} from '../../harness/jest/suite.ts';

/** A record's fields as text, in the order of the command's parameters, without quotes. */
export type Values = readonly string[];

export const isAccess = (record: SavedRecord): boolean => record.command === 'AT+QDMPCFG';

/** The records of AT+QDMPCFG, in the order of the read form. */
export const accessRecords: readonly SavedRecord[] = savedRecords.filter(isAccess);

/** The record of this name (`QDMPCFG 1`), for tables that are written by hand. */
export function recordNamed(name: string): SavedRecord {
  const record = savedRecords.find((each) => each.name === name);
  if (!record) throw new RangeError(`no record is called ${name}`);
  return record;
}

const isCredentials = (record: SavedRecord): boolean => isAccess(record) && record.type === 2;

/** The command that saves a record; keys and extended strings stand in quotes (app note §2.1, §2.2). */
export function saveCommand(record: SavedRecord, values: Values): string {
  if (!isAccess(record)) return extendedWrite(record.type, 0, ...values.map(quote));
  const typed = isCredentials(record)
    ? values.map((value, index) => (index < 2 ? quote(value) : value))
    : values;
  return accessWrite(record.type, ...typed);
}

/** Gives a command that has to be answered OK. */
export async function expectOk(module: TestModule, command: string): Promise<void> {
  const { final } = await module.at(command);
  expect({ command, answer: final.text }).toEqual({ command, answer: 'OK' });
}

/** The line that the read form shows for a record, wherever it stands; undefined where there is none. */
export const lineInUse = ({ text }: Reading, { type }: SavedRecord): string | undefined =>
  text?.split('\n').find((line) => line.startsWith(`${type},`));

/**
 * Whether a line of an answer shows these values. Of the private key no more is expected than its first four
 * characters: how the rest is masked is left open (clause CFG-MASK-COUNT).
 */
export function showsValues(record: SavedRecord, text: string | undefined, values: Values): boolean {
  if (text === undefined) return false;
  const fields = [String(record.type), ...values];
  if (!isCredentials(record)) return showsFields(text, fields);
  const key = values[1] ?? '';
  const shown = splitFields(text, fields.length).fields;
  return (
    shown.length === fields.length &&
    shown.every((field, index) => (index === 2 ? field.startsWith(key.slice(0, 4)) : field === fields[index]))
  );
}

/** Shorter values, and numbers as short, turn up by chance in a record that is empty or holds defaults. */
const DISTINCTIVE_LENGTH = 4;

/** What a record that holds nothing may show by right. */
const defaults: readonly string[] = [
  access.serverIP.default,
  String(access.serverPort.default),
  String(access.updatePeriod.default),
  extended.none,
];

/**
 * Whether an erased record still shows something of what was saved. The access mode never tells: how an erased one
 * is shown is open, and either may be it (clause CFG-QUERY-EMPTY).
 */
export function showsAnyOf(record: SavedRecord, text: string | undefined, values: Values): boolean {
  const telling = values
    .map((value, index) => (isCredentials(record) && index === 1 ? value.slice(0, 4) : value))
    .filter((value) => value.length >= DISTINCTIVE_LENGTH && !defaults.includes(value));
  return text !== undefined && telling.some((value) => text.includes(value));
}
