import { type Profile, type RebootKind, type SavedRecord, savedRecords } from '../../harness/jest/suite.ts';
import { clauseOfErasing } from '../records/record-clauses.ts';
import { recordNamed } from '../records/records.ts';
import type { EarlyCut } from './early-cuts.ts';

/** What a round does with a record before its reboot. */
export type Operation = 'save' | 'erase' | 'erase all' | 'keep';

export interface Cell {
  readonly record: SavedRecord;
  readonly operation: Operation;
}

/** A round: saves some records, erases others, reboots once, judges all. */
export interface Round {
  readonly number: number;
  readonly name: string;
  readonly kind: RebootKind;
  readonly profile: Profile;
  readonly cells: readonly Cell[];
  /** Supply cuts only: the write that is interrupted; all other writes have had time to finish. */
  readonly cut?: EarlyCut;
  /** Whether each record held another saved value before the round saved it. */
  readonly overSaved: boolean;
}

const operations: Readonly<Record<string, Operation>> = {
  S: 'save',
  E: 'erase',
  /** With `=5,4`, before anything is saved. */
  A: 'erase all',
  '-': 'keep',
};

/**
 * The matrix: records × {saved, erased} × kinds of reboot. `=5,4` is used with a soft reset and a supply cut only.
 * - Each record except the mode is also kept over a second reboot, both saved and erased: a firmware may apply a save
 *   or an erase at one boot only.
 * - Every row saves the mode (0) or the server, so access is disabled or the server is harmless.
 * - An erased record was saved in an earlier row, mostly of the same kind, so few saves are made only to be erased.
 * - A record whose write is interrupted holds a value by then; another row of the kind does what its cell says.
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

/**
 * For each of these kinds a release run has two rounds more. In the first, every record is saved over another saved value,
 * which may come back at the reboot; in the second it is kept over a second reboot of the kind. In the table above most
 * values are saved over nothing, and one more save of each record would cost a nightly run too many writes.
 */
const releaseKinds: readonly RebootKind[] = ['reset-pin', 'power-cycle', 'supply-cut'];

/** The record whose save is interrupted, and the time from OK to the supply cut, ms. */
type EarlyCutRow = readonly [name: string, delayMs: number];

const kindNames: Record<RebootKind, string> = {
  soft: 'soft reset',
  'reset-pin': 'reset pin',
  'power-cycle': 'orderly power cycle',
  'supply-cut': 'supply cut',
};

/** Numbers of the values (`numberedValues`) that a round saves, and of those it saves to be erased or interrupted. */
export const savedNumber = ({ number }: Pick<Round, 'number'>): number => 2 * number;
export const fillNumber = ({ number }: Pick<Round, 'number'>): number => 2 * number + 1;

const tableRounds: readonly Round[] = table.map(([kind, row, cut], index) => {
  const number = index + 1;
  const letters = row.split(/ +/);
  return {
    number,
    name: `round ${number}, ${kindNames[kind]}`,
    kind,
    // A smoke run has one reboot, after which everything that was saved must still be there.
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
    overSaved: false,
  };
});

const releaseRounds: readonly Round[] = releaseKinds
  .flatMap((kind) => [
    { kind, what: 'after saves over saved values', overSaved: true },
    { kind, what: 'the second one', overSaved: false },
  ])
  .map(({ kind, what, overSaved }, index) => {
    const number = table.length + index + 1;
    return {
      number,
      name: `round ${number}, ${kindNames[kind]}, ${what}`,
      kind,
      profile: 'release',
      // The mode is saved in any case, so that nobody is contacted.
      cells: savedRecords.map((record) => ({
        record,
        operation: overSaved || record === recordNamed('QDMPCFG 0') ? 'save' : 'keep',
      })),
      overSaved,
    };
  });

export const rounds: readonly Round[] = [...tableRounds, ...releaseRounds];

/** The records with these operations in a round, except the one whose write is interrupted. */
export const recordsOf = ({ cells, cut }: Round, ...which: readonly Operation[]): readonly SavedRecord[] =>
  cells
    .filter(({ record, operation }) => which.includes(operation) && record !== cut?.record)
    .map(({ record }) => record);

/** The records that a round leaves alone and that an earlier round erased. */
export function leftErased(round: Round): readonly SavedRecord[] {
  const earlier = rounds.filter(({ number }) => number < round.number).toReversed();
  const lastDone = (record: SavedRecord): Operation | undefined =>
    earlier.flatMap(({ cells }) => cells).find((cell) => cell.record === record && cell.operation !== 'keep')
      ?.operation;
  return recordsOf(round, 'keep').filter((record) =>
    ['erase', 'erase all'].includes(lastDone(record) ?? 'keep'),
  );
}

/** What one erase command of a round must erase. */
interface Erasure {
  readonly clause: string;
  readonly what: string;
  readonly records: readonly SavedRecord[];
}

/**
 * The erases of a round that can be judged by reading the saved records. The access mode cannot: an erased mode may be
 * shown as 0 or 1 (clause CFG-QUERY-EMPTY). It is judged by the mode in use.
 */
export function erasuresOf(round: Round): readonly Erasure[] {
  const judgeable = (...which: readonly Operation[]) =>
    recordsOf(round, ...which).filter((record) => record !== recordNamed('QDMPCFG 0'));
  const all = judgeable('erase all');
  return [
    ...judgeable('erase').map((record) => ({
      clause: clauseOfErasing(record),
      what: record.name,
      records: [record],
    })),
    ...(all.length > 0 ? [{ clause: 'CFG-ERASE-4', what: 'all that =5,4 erases', records: all }] : []),
  ];
}
