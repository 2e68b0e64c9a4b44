import {
  access,
  accessWrite,
  answerTo,
  expect,
  extended,
  extendedWrite,
  quote,
  type Reading,
  type SavedRecord,
  savedRecords,
  shownBy,
  showsFields,
  splitFields,
  type TestModule,
} from '../../harness/jest/suite.ts';

/** A record's fields as text, in the order of the command's parameters, without quotes. */
export type Values = readonly string[];

export const isAccess = (record: SavedRecord): boolean => record.command === 'AT+QDMPCFG';

/** The records of AT+QDMPCFG, in the order of the read form. */
export const accessRecords: readonly SavedRecord[] = savedRecords.filter(isAccess);

/** The record with this name, e.g. `QDMPCFG 1`. @throws RangeError if there is none */
export function recordNamed(name: string): SavedRecord {
  const record = savedRecords.find((each) => each.name === name);
  if (!record) throw new RangeError(`no record is called ${name}`);
  return record;
}

const isCredentials = (record: SavedRecord): boolean => isAccess(record) && record.type === 2;

/** The command that saves a record; keys and extended strings are quoted (app note §2.1, §2.2). */
export function saveCommand(record: SavedRecord, values: Values): string {
  if (!isAccess(record)) return extendedWrite(record.type, 0, ...values.map(quote));
  const typed = isCredentials(record)
    ? values.map((value, index) => (index < 2 ? quote(value) : value))
    : values;
  return accessWrite(record.type, ...typed);
}

/** The values of a record as a reading shows them; of the private key only what may be shown. */
export const recordText = (record: SavedRecord, values: Values): string =>
  [
    record.type,
    ...values.map((value, index) => (isCredentials(record) && index === 1 ? `${value.slice(0, 4)}…` : value)),
  ].join(',');

/** Sends a command that must be accepted, a save in the form that the firmware takes, and expects OK. */
export async function expectOk(module: TestModule, command: string): Promise<void> {
  const exchange = await module.access.send.valid(command);
  shownBy([exchange], () => expect(exchange.final.text, answerTo(command)).toEqual('OK'));
}

/** The line of the read form for a record, in whatever order the lines are; undefined if it has none. */
export const lineInUse = ({ text }: Reading, { type }: SavedRecord): string | undefined =>
  text?.split('\n').find((line) => line.startsWith(`${type},`));

/**
 * Whether a line of an answer shows these values. Of the private key only the first four characters are compared,
 * because the note does not say how the rest is masked (clause CFG-MASK-COUNT).
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

/**
 * Whether the values in use show part of these values. They may then be shown of an erased record, too (clause
 * CFG-QUERY-EMPTY), until the next reboot.
 */
export const isInUse = (record: SavedRecord, inUse: Reading, values: Values): boolean =>
  isAccess(record) && showsAnyOf(record, lineInUse(inUse, record), values);

/** Shorter texts can occur by chance in a record that is empty or holds defaults. */
const DISTINCTIVE_LENGTH = 4;

/** What an empty record may show. */
const defaults: readonly string[] = [
  access.serverIP.default,
  String(access.serverPort.default),
  String(access.updatePeriod.default),
  extended.none,
];

/**
 * Whether an erased record still shows any of the saved values. Always false for the access mode: an erased mode may
 * be shown as 0 or 1 (clause CFG-QUERY-EMPTY).
 */
export function showsAnyOf(record: SavedRecord, text: string | undefined, values: Values): boolean {
  const distinctive = values
    .map((value, index) => (isCredentials(record) && index === 1 ? value.slice(0, 4) : value))
    .filter((value) => value.length >= DISTINCTIVE_LENGTH && !defaults.includes(value));
  return text !== undefined && distinctive.some((value) => text.includes(value));
}
