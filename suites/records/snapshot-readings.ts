import {
  type Reading,
  readInUse,
  readRecord,
  type SavedRecord,
  showsFields,
  type Snapshot,
  splitFields,
  type TestModule,
} from '../../harness/jest/suite.ts';
import { isAccess, lineInUse, showsValues, type Values } from './records.ts';

/** The reading of a record, or of `in use`, by the names that `sameConfiguration` uses. */
export const readingAt = ({ inUse, saved }: Snapshot, name: string): Reading | undefined =>
  name === 'in use' ? inUse : saved[name];

/** The fields in a record's text, without the type; fewer than the record has if the text is short. */
export const fieldsShown = (record: SavedRecord, text: string): Values =>
  splitFields(text, record.fields + 1).fields.slice(1);

/**
 * The line of the values in use for a record of AT+QDMPCFG; empty if there is none. CFG-READ judges the number and
 * order of the lines.
 */
export const inUseText = ({ inUse }: Snapshot, record: SavedRecord): string => lineInUse(inUse, record) ?? '';

/**
 * Whether two texts show the same fields; blanks after commas mean nothing (clause CFG-READ-0). Of a private key its first
 * four characters count: how the rest is masked is CFG-MASK's matter.
 */
export const sameFields = (record: SavedRecord, a: string, b: string): boolean =>
  isAccess(record) && record.type === 2 && b !== ''
    ? showsValues(record, a, fieldsShown(record, b))
    : showsFields(a, splitFields(b, record.fields + 1).fields);

/**
 * A snapshot in which the values in use and some records were read again. The clauses on isolation judge that the
 * other records did not change.
 */
export async function readAgain(
  module: TestModule,
  { saved }: Snapshot,
  records: readonly SavedRecord[],
): Promise<Snapshot> {
  return { inUse: await readInUse(module), saved: { ...saved, ...(await readRecords(module, records)) } };
}

export async function readRecords(
  module: TestModule,
  records: readonly SavedRecord[],
): Promise<Snapshot['saved']> {
  const readings: Record<string, Reading> = {};
  for (const record of records) readings[record.name] = await readRecord(module, record);
  return readings;
}

/** A record's text for an observation: without the private key, because observations must never contain one. */
export function withoutKey(record: SavedRecord, text: string): string {
  if (!isAccess(record) || record.type !== 2) return text;
  const { fields } = splitFields(text, record.fields + 1);
  return fields
    .map((field, index) => (index === 2 && field !== '' ? `${field.slice(0, 4)}…` : field))
    .join(',');
}
