import { type SavedRecord, savedRecords } from '../../harness/jest/suite.ts';
import { numberedValues } from '../records/numbered-values.ts';
import { recordNamed, saveCommand, type Values } from '../records/records.ts';

/** A supply cut while a record may still be being written. */
export interface EarlyCut {
  readonly record: SavedRecord;
  readonly operation: 'save' | 'erase';
  /** The number of the value that is saved (`numberedValues`); the record held another value before. */
  readonly number: number;
  /** Time from OK to the supply cut, ms. */
  readonly delayMs: number;
}

/** The command that the supply cut interrupts. */
export const cutCommand = ({ record, operation, number }: EarlyCut): string =>
  operation === 'save' ? saveCommand(record, numberedValues(record, number)) : record.erase;

const mode = recordNamed('QDMPCFG 0');
const server = recordNamed('QDMPCFG 1');

/**
 * What the record holds before the cut. Mode 0 is saved, so the mode before is 1: the module may come back with access
 * enabled, which is harmless while its server is in 192.0.2.0/24.
 */
export const valuesBefore = ({ record, operation, number }: EarlyCut): Values =>
  record === mode && operation === 'save' ? ['1'] : numberedValues(record, number - 1);

/** The record that must be saved so that the module contacts nobody, even if the interrupted record is lost. */
export const quietingRecord = ({ record }: EarlyCut): SavedRecord => (record === mode ? server : mode);

/** The records that a write of the interrupted one could spoil; the mode apart, which `quietingRecord` is about. */
export const neighboursOf = ({ record }: EarlyCut): readonly SavedRecord[] =>
  savedRecords.filter((other) => other !== record && other !== mode);

/** A name that is unique in a run; also used in observation keys. */
export const cutName = ({ record, operation, delayMs }: EarlyCut): string =>
  [record.name.replace(' ', '-'), ...(operation === 'erase' ? ['erase'] : []), `${delayMs}ms`].join('.');

/**
 * Cuts of the release profile, in addition to those of the persistence rounds. Most delays are short, because an NVRAM
 * item takes some milliseconds to write. Records with several fields have the most cuts, because only they can be
 * found half written. `=5,4` is left out although it writes the most: after it the module would contact the default
 * server at boot, which no test may do (`STRANGER_AT_REBOOT`).
 */
const delaysByRecord: readonly (readonly [
  name: string,
  operation: EarlyCut['operation'],
  ...delaysMs: number[],
])[] = [
  ['QDMPCFG 1', 'save', 5, 10, 20, 50],
  ['QDMPCFG 2', 'save', 0, 5, 10, 20, 100],
  ['QDMPCFGEX 2', 'save', 0, 5, 20, 50],
  ['QDMPCFGEX 4', 'save', 0, 10, 20, 500],
  ['QDMPCFGEX 0', 'save', 5],
  ['QDMPCFGEX 1', 'save', 0],
  ['QDMPCFGEX 3', 'save', 10],
  ['QDMPCFGEX 5', 'save', 5],
  ['QDMPCFG 1', 'erase', 0],
  ['QDMPCFG 2', 'erase', 5],
  ['QDMPCFGEX 0', 'erase', 0],
  ['QDMPCFGEX 1', 'erase', 5],
  ['QDMPCFGEX 2', 'erase', 10],
  ['QDMPCFGEX 3', 'erase', 0],
  ['QDMPCFGEX 4', 'erase', 0],
  ['QDMPCFGEX 5', 'erase', 5],
  // Last, because the mode uses no numbered values.
  ['QDMPCFG 0', 'save', 0],
  ['QDMPCFG 0', 'erase', 0],
];

/** The rounds use the numbers below this one; each cut uses two, for the value before and the new value. */
const firstNumber = 40;

export const releaseCuts: readonly EarlyCut[] = delaysByRecord
  .flatMap(([name, operation, ...delaysMs]) =>
    delaysMs.map((delayMs) => ({ record: recordNamed(name), operation, delayMs })),
  )
  .map((cut, index) => ({ ...cut, number: firstNumber + 2 * index + 1 }));
