import type { SavedRecord } from '../../harness/jest/suite.ts';
import { numberedValues } from '../records/numbered-values.ts';
import { recordNamed, saveCommand, type Values } from '../records/records.ts';

/** A supply cut that comes while a record may still be written. */
export interface EarlyCut {
  readonly record: SavedRecord;
  readonly operation: 'save' | 'erase';
  /** Which value is saved (`numbered`); the record held another before. */
  readonly number: number;
  /** How long after OK the supply is cut, ms. */
  readonly delayMs: number;
}

/** The command that the supply is cut into. */
export const cutCommand = ({ record, operation, number }: EarlyCut): string =>
  operation === 'save' ? saveCommand(record, numberedValues(record, number)) : record.erase;

const mode = recordNamed('QDMPCFG 0');
const server = recordNamed('QDMPCFG 1');

/**
 * What the record holds before the cut. The mode that is saved is 0, so the one before is 1: that module may come back
 * enabled, and contacts nobody as long as its server is nobody's.
 */
export const valuesBefore = ({ record, operation, number }: EarlyCut): Values =>
  record === mode && operation === 'save' ? ['1'] : numberedValues(record, number - 1);

/** The record by which the module contacts nobody, whatever becomes of the one that is cut into. */
export const quietingRecord = ({ record }: EarlyCut): SavedRecord => (record === mode ? server : mode);

/** Names a cut among all of a run, and in observations. */
export const cutName = ({ record, operation, delayMs }: EarlyCut): string =>
  [record.name.replace(' ', '-'), ...(operation === 'erase' ? ['erase'] : []), `${delayMs}ms`].join('.');

/**
 * Cuts of the release profile, besides those of the persistence rounds. Dense where an item of NVRAM takes its
 * time (some milliseconds each), thin towards T; records of several fields above all, since only they can be
 * found mixed. `=5,4` is not among them, though it has most fields: half done or done, it leaves a module that contacts
 * the default server once it boots, which no test may (`STRANGER_AT_REBOOT`).
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
  // Last, since the mode has no numbered values to run out of.
  ['QDMPCFG 0', 'save', 0],
  ['QDMPCFG 0', 'erase', 0],
];

/** The numbers before these belong to the rounds; each cut takes two, the value before and the new one. */
const firstNumber = 40;

export const releaseCuts: readonly EarlyCut[] = delaysByRecord
  .flatMap(([name, operation, ...delaysMs]) =>
    delaysMs.map((delayMs) => ({ record: recordNamed(name), operation, delayMs })),
  )
  .map((cut, index) => ({ ...cut, number: firstNumber + 2 * index + 1 }));
