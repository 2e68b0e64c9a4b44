import { type Reading, type SavedRecord, savedRecords } from '../../harness/jest/suite.ts';
import { isAccess } from './records.ts';

/** The line that the read form shows for a record, wherever it stands; undefined where there is none. */
export const lineInUse = ({ text }: Reading, { type }: SavedRecord): string | undefined =>
  text?.split('\n').find((line) => line.startsWith(`${type},`));

/** The records that the read form shows, in its order. */
export const accessRecords: readonly SavedRecord[] = savedRecords.filter(isAccess);
