import { type Profile, type RebootKind, type SavedRecord, savedRecords } from '../../harness/jest/suite.ts';
import { clauseOfErasing } from '../records/record-clauses.ts';
import { recordNamed } from '../records/records.ts';
import type { EarlyCut } from './early-cuts.ts';

/** What a round does to a record before the reboot. */
export type Operation = 'save' | 'erase' | 'erase all' | 'keep';

export interface Cell {
  readonly record: SavedRecord;
  readonly operation: Operation;
}

/** Some records saved, others erased, one reboot, all of them judged. */
export interface Round {
  readonly number: number;
  readonly name: string;
  readonly kind: RebootKind;
  readonly profile: Profile;
  readonly cells: readonly Cell[];
  /** Supply cuts: what is being written when the supply goes; everything else is durable by then. */
  readonly cut?: EarlyCut;
}

const operations: Readonly<Record<string, Operation>> = {
  S: 'save',
  E: 'erase',
  /** By `=5,4`, before anything is saved. */
  A: 'erase all',
  '-': 'keep',
};

/**
 * The matrix: records × {saved, erased} × kinds of reboot, and the erase options × kinds; `=5,4` with a soft reset and a
 * supply cut alone. Each record but the mode is kept over a second reboot, too, what was saved and what was erased: some
 * firmware may do once what it was told once. Access stays disabled or the server nobody's in every row (mode or server saved); an erased record was saved in
 * a row before, mostly of the same kind, so that little is saved for the erasing alone; a record that is cut into
 * holds something by then, and its cell stands in another row of the kind.
 */
const table: readonly (readonly [RebootKind, string, EarlyCutRow?])[] = [
  // AT+QDMPCFG 0 1 2, AT+QDMPCFGEX 0 1 2 3 4 5
  ['soft', 'E S S  S S S S S S'],
  ['soft', 'S - -  - - - - - -'],
  ['soft', 'S E E  E E E E E E'],
  ['soft', 'S A A  - - - - - -'],
  ['reset-pin', 'S - -  S S S S S S'],
  ['reset-pin', 'E S S  E - E - - E'],
  ['reset-pin', 'S E E  - E - E E -'],
  ['power-cycle', 'E S S  S S S S S S'],
  ['power-cycle', 'S E E  E E E E E E'],
  ['supply-cut', 'E S S  S S S S S S', ['QDMPCFGEX 4', 5]],
  ['supply-cut', 'S E E  E - - E S E', ['QDMPCFGEX 2', 10]],
  ['supply-cut', 'A S A  - E E - E -', ['QDMPCFG 1', 0]],
];

/** The record that is being saved when the supply is cut, and how long after OK that is, ms. */
type EarlyCutRow = readonly [name: string, delayMs: number];

const kindNames: Record<RebootKind, string> = {
  soft: 'soft reset',
  'reset-pin': 'reset pin',
  'power-cycle': 'orderly power cycle',
  'supply-cut': 'supply cut',
};

/** What a round saves, and what it saves first of what it is to erase or is cut into (`numbered`). */
export const savedNumber = ({ number }: Pick<Round, 'number'>): number => 2 * number;
export const fillNumber = ({ number }: Pick<Round, 'number'>): number => 2 * number + 1;

export const rounds: readonly Round[] = table.map(([kind, row, cut], index) => {
  const number = index + 1;
  const letters = row.split(/ +/);
  return {
    number,
    name: `round ${number}, ${kindNames[kind]}`,
    kind,
    // A smoke run has one reboot after which everything that was saved has to be there.
    profile: number === 1 ? 'smoke' : 'nightly',
    cells: savedRecords.map((record, column) => ({
      record,
      operation: operations[letters[column] ?? ''] ?? 'keep',
    })),
    ...(cut && {
      cut: {
        record: recordNamed(cut[0]),
        operation: 'save',
        number: fillNumber({ number }),
        delayMs: cut[1],
      },
    }),
  };
});

/** The records that a round does this to; one that is cut into is judged by that alone. */
export const recordsOf = ({ cells, cut }: Round, ...which: readonly Operation[]): readonly SavedRecord[] =>
  cells
    .filter(({ record, operation }) => which.includes(operation) && record !== cut?.record)
    .map(({ record }) => record);

/** The records that a round leaves alone and an earlier one erased. */
export function leftErased(round: Round): readonly SavedRecord[] {
  const earlier = rounds.filter(({ number }) => number < round.number).toReversed();
  const lastDone = (record: SavedRecord): Operation | undefined =>
    earlier.flatMap(({ cells }) => cells).find((cell) => cell.record === record && cell.operation !== 'keep')
      ?.operation;
  return recordsOf(round, 'keep').filter((record) =>
    ['erase', 'erase all'].includes(lastDone(record) ?? 'keep'),
  );
}

/** What one erase of a round is to have erased. */
interface Erasure {
  readonly clause: string;
  readonly what: string;
  readonly records: readonly SavedRecord[];
}

/**
 * The erases of a round whose effect shows in what is saved. The access mode is left out: how an erased one is
 * shown is open, and either mode may be it (clause CFG-QUERY-EMPTY); which is in use then tells.
 */
export function erasuresOf(round: Round): readonly Erasure[] {
  const telling = (...which: readonly Operation[]) =>
    recordsOf(round, ...which).filter((record) => record !== recordNamed('QDMPCFG 0'));
  const all = telling('erase all');
  return [
    ...telling('erase').map((record) => ({
      clause: clauseOfErasing(record),
      what: record.name,
      records: [record],
    })),
    ...(all.length > 0 ? [{ clause: 'CFG-ERASE-4', what: 'all that =5,4 erases', records: all }] : []),
  ];
}
