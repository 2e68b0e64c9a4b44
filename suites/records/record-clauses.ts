import type { SavedRecord } from '../../harness/jest/suite.ts';
import { isAccess } from './records.ts';

/** The clauses judged by a save and its read-back: a wrong reading may come from either. */
export const clausesOfSaving = (record: SavedRecord): readonly string[] =>
  isAccess(record)
    ? [`CFG-SAVE-${record.type}`, `CFG-QUERY-${record.type}`]
    : [`EX-SAVE-${record.type}`, `EX-READ-${record.type}`];

/** The clause on reading a saved record back. */
export const clauseOfReading = (record: SavedRecord): string =>
  isAccess(record) ? `CFG-QUERY-${record.type}` : `EX-READ-${record.type}`;

/** The clause on erasing a record. */
export const clauseOfErasing = (record: SavedRecord): string =>
  isAccess(record) ? `CFG-ERASE-${record.type}` : `EX-ERASE-${record.type}`;

/** The clause that a save or an erase breaks when it changes another record. */
export function clauseOfIsolation(what: 'save' | 'erase', written: SavedRecord, other: SavedRecord): string {
  if (written.command !== other.command) return 'CROSS-ISOLATED';
  return `${isAccess(written) ? 'CFG' : 'EX'}-${what === 'save' ? 'SAVE' : 'ERASE'}-ISOLATED`;
}

/**
 * Options for tests that read extended records back without a reboot. Only an example of the note says that this
 * shows the latest save or erase (EX-READ-SAVED), and these tests rely on it.
 */
export const throughReadBack = { through: ['EX-READ-SAVED'] } as const;

/** The same for a test of one record of either command. */
export const throughReadBackOf = (record: SavedRecord): { readonly through?: readonly string[] } =>
  isAccess(record) ? {} : throughReadBack;
