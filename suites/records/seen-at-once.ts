import type { SavedRecord } from '../../harness/jest/suite.ts';
import { isAccess } from './records.ts';

/**
 * For tests that read extended records back without a reboot. That this shows what was just saved, or that something
 * was erased, is shown by an example only; what they judge is seen by it alone.
 */
export const throughReadBack = { through: ['EX-READ-SAVED'] } as const;

/** The same for a test of one record, whichever command it belongs to. */
export const throughReadBackOf = (record: SavedRecord): { readonly through?: readonly string[] } =>
  isAccess(record) ? {} : throughReadBack;
