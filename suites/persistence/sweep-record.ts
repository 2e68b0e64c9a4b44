import {
  type Fixtures,
  notRun,
  type Reading,
  readRecord,
  sameConfiguration,
  type SavedRecord,
  savedRecords,
  type Snapshot,
  type TestModule,
} from '../../harness/jest/suite.ts';
import { numberedValues } from '../records/numbered-values.ts';
import { expectOk, recordNamed, saveCommand, showsValues, type Values } from '../records/records.ts';
import { readingAt } from '../records/snapshot-readings.ts';
import { ensureFilled } from './arrange-round.ts';
import { isSeenTwice } from './seen-twice.ts';
import { nextMoment, type Swept } from './sweep-moments.ts';

/** A cut of a sweep, and what the module held after it. */
export interface SweptCut extends Swept {
  readonly boots: number;
  /** What the record holds after it. */
  readonly reading: Reading | undefined;
  /** The record held the same values when it was read again. */
  readonly again: boolean;
  /** Other records that changed, in words; and their readings. */
  readonly changed: readonly string[];
  readonly changedReadings: readonly (Reading | undefined)[];
}

export interface Sweep {
  readonly record: SavedRecord;
  readonly durableMs: number;
  readonly cuts: readonly SweptCut[];
}

/** The two values that a sweep saves in turn, so that each save changes every field; no round has them. */
const numbers = [30, 31] as const;

const mode = recordNamed('QDMPCFG 0');

/** Mode 1 is harmless: the server is in 192.0.2.0/24 then. */
const valuesOf = (record: SavedRecord): readonly [Values, Values] =>
  record === mode ? [['1'], ['0']] : [numberedValues(record, numbers[0]), numberedValues(record, numbers[1])];

/**
 * Saves a record again and again and cuts the supply each time, at moments that close in on the one at which the old
 * values become the new. All other records hold something that a cut could spoil.
 */
export async function sweepRecord({ module, board }: Fixtures, record: SavedRecord): Promise<Sweep> {
  if (!module.has(record.command)) notRun(`the firmware does not have ${record.command}`);
  const others = savedRecords.filter((other) => other !== record);
  // The mode and the server first: whatever becomes of the record, the module contacts nobody.
  await ensureFilled(module, others, numbers[0]);
  let [held, next] = valuesOf(record);
  await expectOk(module, saveCommand(record, held));
  let before = await module.snapshot();
  const cuts: SweptCut[] = [];
  const { durableMs } = board;
  for (;;) {
    const moment = nextMoment(cuts, durableMs);
    if (!moment) break;
    const { boot, cutMs, okMs } = await board.cutSave(saveCommand(record, next), moment);
    const after = await module.snapshot();
    const found = foundAfter(record, next, before, after);
    const swept = { moment, cutMs, okMs, boots: boot.boots, ...found };
    cuts.push({ ...swept, again: await isSteady(module, record, swept, durableMs) });
    if (found.found === 'new') [held, next] = [next, held];
    before = after;
  }
  // What the record holds is known again to all that comes after, whether or not the last save was done.
  if (cuts.at(-1)?.okMs === undefined) await expectOk(module, saveCommand(record, held));
  return { record, durableMs, cuts };
}

type Found = Pick<SweptCut, 'found' | 'reading' | 'changed' | 'changedReadings'>;

function foundAfter(record: SavedRecord, saved: Values, before: Snapshot, after: Snapshot): Found {
  const reading = after.saved[record.name];
  const others = sameConfiguration(before, after).filter(
    (difference) => difference.record !== record.name && difference.record !== 'in use',
  );
  const isOld = reading?.text !== undefined && reading.text === before.saved[record.name]?.text;
  const isNew = showsValues(record, reading?.text, saved);
  const whole = others.length === 0 && (isOld || isNew);
  return {
    found: whole ? (isNew ? 'new' : 'old') : 'spoiled',
    reading,
    changed: others.map((other) => `${other.record} was ${other.before}, is ${other.after}`),
    changedReadings: others.map((other) => readingAt(after, other.record)),
  };
}

/** Whether what was lost after T, or spoiled, is found again: to cut once more would prove nothing. */
async function isSteady(
  module: TestModule,
  record: SavedRecord,
  cut: Omit<SweptCut, 'again'>,
  durableMs: number,
): Promise<boolean> {
  if (cut.found !== 'spoiled' && !isLost(cut, durableMs)) return true;
  const name = cut.changed[0]?.split(' was ')[0];
  const [looked, first] =
    name === undefined ? [record, cut.reading] : [recordNamed(name), cut.changedReadings[0]];
  return isSeenTwice(first, await readRecord(module, looked));
}

/** Whether a save is lost although the supply was cut no sooner than T after its OK. */
export const isLost = (
  { found, cutMs, okMs }: Pick<SweptCut, 'found' | 'cutMs' | 'okMs'>,
  durableMs: number,
): boolean => found === 'old' && okMs !== undefined && cutMs - okMs >= durableMs;

/** When a cut came, in words. */
export const describeCut = ({ cutMs, okMs }: Pick<SweptCut, 'cutMs' | 'okMs'>): string => {
  const since = `${cutMs.toFixed(0)} ms after the last byte of the save`;
  return okMs === undefined
    ? `${since}, before its OK`
    : `${since}, ${(cutMs - okMs).toFixed(0)} ms after its OK`;
};
