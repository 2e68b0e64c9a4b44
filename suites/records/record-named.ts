import { type SavedRecord, savedRecords } from '../../harness/jest/suite.ts';

/** The record of this name (`QDMPCFG 1`), for tables that are written by hand. */
export function recordNamed(name: string): SavedRecord {
  const record = savedRecords.find((each) => each.name === name);
  if (!record) throw new RangeError(`no record is called ${name}`);
  return record;
}
