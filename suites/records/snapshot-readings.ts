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
import { isAccess, lineInUse, type Values } from './records.ts';

/** What a snapshot shows of a record, or of what is `in use`, as `sameConfiguration` names them. */
export const readingAt = ({ inUse, saved }: Snapshot, name: string): Reading | undefined =>
  name === 'in use' ? inUse : saved[name];

/** The fields a text shows, without the type; as many as the record has, or fewer. */
export const fieldsShown = (record: SavedRecord, text: string): Values =>
  splitFields(text, record.fields + 1).fields.slice(1);

/**
 * The values in use that a snapshot shows for a record of AT+QDMPCFG; empty where it shows none. How many lines there
 * are, and in which order, is for CFG-READ.
 */
export const inUseText = ({ inUse }: Snapshot, record: SavedRecord): string => lineInUse(inUse, record) ?? '';

/** Whether two texts show the same fields; blanks after commas mean nothing (clause CFG-READ-0). */
export const sameFields = (record: SavedRecord, a: string, b: string): boolean =>
  showsFields(a, splitFields(b, record.fields + 1).fields);

/**
 * A snapshot with the values in use and some records read anew. That nothing else has changed is what the clauses on
 * isolation judge.
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

/** A record's text as an observation may keep it: a private key is never part of one, shown or leaked. */
export function withoutKey(record: SavedRecord, text: string): string {
  if (!isAccess(record) || record.type !== 2) return text;
  const { fields } = splitFields(text, record.fields + 1);
  return fields
    .map((field, index) => (index === 2 && field !== '' ? `${field.slice(0, 4)}…` : field))
    .join(',');
}
