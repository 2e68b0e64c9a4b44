import { type Fixtures, type SavedRecord, type Snapshot, type TestModule } from '../../harness/jest/suite.ts';
import { numberedValues } from '../records/numbered-values.ts';
import { ownValuesIn } from '../records/own-values.ts';
import { expectOk, recordNamed, saveCommand } from '../records/records.ts';
import { readAgain, readRecords } from '../records/snapshot-readings.ts';
import { fillNumber, leftErased, type Operation, recordsOf, type Round, savedNumber } from './rounds.ts';

/** What a round found, and what it left to be rebooted. */
export interface RoundArranged {
  /** Before anything of the round was saved or erased, but for what `fill` had to save. */
  readonly before: Snapshot;
  /** Right before the reboot, the records that the round leaves alone. */
  readonly keptReadings: Readings;
}

/** A round that is judged before its reboot as well, or whose reboot cuts into a write. */
export interface RoundWatched extends RoundArranged {
  /** Right before the reboot, everything. */
  readonly written: Snapshot;
}

type Readings = Snapshot['saved'];

const theMode = recordNamed('QDMPCFG 0');

/** Arranges a round and looks at no more than its judges need. */
export async function arrangeRound(all: Fixtures, round: Round): Promise<RoundArranged> {
  const { module } = all;
  await bringKeptIntoUse(all, round);
  const before = await saveAndErase(module, round);
  return { before, keptReadings: await readRecords(module, recordsOf(round, 'keep')) };
}

/** Arranges a round and looks at all of it. */
export async function arrangeWatched(all: Fixtures, round: Round): Promise<RoundWatched> {
  const { module } = all;
  await bringKeptIntoUse(all, round);
  const before = await saveAndErase(module, round);
  const written = await module.snapshot();
  return { before, written, keptReadings: written.saved };
}

/**
 * What a round leaves alone an earlier one saved, so that this reboot is its second. Where that was not run, or a reboot
 * has lost it and the round is run again, it is saved and has its first reboot here.
 */
async function bringKeptIntoUse({ module, board }: Fixtures, round: Round): Promise<void> {
  const left = recordsOf(round, 'keep').filter((record) => !leftErased(round).includes(record));
  const filled = await ensureFilled(module, left, fillNumber(round));
  if (filled.length === 0) return;
  // Whatever is lost then, nobody is contacted.
  await module.access.saveMode(0);
  await board.reboot('soft');
}

/**
 * Saves and erases what the round says; only what has to be written is, since NVRAM wears. Saved before erased:
 * access is disabled, or the server nobody's, before what would enable it or name a stranger is gone, even where
 * a module writes later than it should.
 * @returns the whole configuration as it was before
 */
async function saveAndErase(module: TestModule, round: Round): Promise<Snapshot> {
  const found = await module.snapshot();
  const filled = await ensureFilledForErase(
    module,
    recordsOf(round, 'erase', 'erase all'),
    fillNumber(round),
  );
  const before = filled.length === 0 ? found : await readAgain(module, found, filled);
  const records = (which: Operation): readonly SavedRecord[] =>
    round.cells
      .filter(({ record, operation }) => operation === which && module.has(record.command))
      .map(({ record }) => record);
  if (records('erase all').length > 0) await module.access.erase(4);
  for (const record of records('save')) {
    await expectOk(module, saveCommand(record, numberedValues(record, savedNumber(round))));
  }
  for (const record of records('erase')) await expectOk(module, record.erase);
  return before;
}

/**
 * Makes sure that records hold some of the suites' values, so that their loss will show.
 * @param telling whether what a record shows tells that it holds them; it is saved where it does not
 * @returns those that had to be saved
 */
export async function ensureFilled(
  module: TestModule,
  records: readonly SavedRecord[],
  number: number,
  telling: (record: SavedRecord) => boolean = () => true,
): Promise<readonly SavedRecord[]> {
  const { saved } = await module.snapshot();
  const holds = (record: SavedRecord): boolean =>
    telling(record) && ownValuesIn(record, saved[record.name]?.text) !== undefined;
  const others = records.filter((record) => module.has(record.command) && !holds(record));
  for (const record of others) await expectOk(module, saveCommand(record, numberedValues(record, number)));
  return others;
}

/**
 * The same of records that are to be erased. The mode is saved at all events: an erased one may be shown as either, and
 * what erasing nothing answers is open.
 */
export const ensureFilledForErase = (
  module: TestModule,
  records: readonly SavedRecord[],
  number: number,
): Promise<readonly SavedRecord[]> => ensureFilled(module, records, number, (record) => record !== theMode);
