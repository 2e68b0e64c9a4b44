import type { SavedRecord } from '../../harness/jest/suite.ts';
import { isAccess } from './records.ts';

/** Clauses that a save which is not reported breaks: what was saved, or how it is reported; nobody can tell which. */
export const clausesOfSaving = (record: SavedRecord): readonly string[] =>
  isAccess(record)
    ? [`CFG-SAVE-${record.type}`, `CFG-QUERY-${record.type}`]
    : [`EX-SAVE-${record.type}`, `EX-READ-${record.type}`];

/** The clause on reading a saved record back. */
export const clauseOfReading = (record: SavedRecord): string =>
  isAccess(record) ? `CFG-QUERY-${record.type}` : `EX-READ-${record.type}`;

/** The clause on what an erase makes of a record. */
export const clauseOfErasing = (record: SavedRecord): string =>
  isAccess(record) ? `CFG-ERASE-${record.type}` : `EX-ERASE-${record.type}`;

/** The clause by which a save or an erase of records of one command leaves another record alone. */
export function clauseOfIsolation(what: 'save' | 'erase', written: SavedRecord, other: SavedRecord): string {
  if (written.command !== other.command) return 'CROSS-ISOLATED';
  return `${isAccess(written) ? 'CFG' : 'EX'}-${what === 'save' ? 'SAVE' : 'ERASE'}-ISOLATED`;
}

/**
 * For tests that read extended records back without a reboot. That this shows what was just saved, or that something
 * was erased, is shown by an example only; what they judge is seen by it alone.
 */
export const throughReadBack = { through: ['EX-READ-SAVED'] } as const;

/** The same for a test of one record, whichever command it belongs to. */
export const throughReadBackOf = (record: SavedRecord): { readonly through?: readonly string[] } =>
  isAccess(record) ? {} : throughReadBack;
