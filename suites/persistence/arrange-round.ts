import { type Fixtures, type SavedRecord, type Snapshot, type TestModule } from '../../harness/jest/suite.ts';
import { numberedValues } from '../records/numbered-values.ts';
import { ownValuesIn } from '../records/own-values.ts';
import { accessRecords, expectOk, isInUse, recordNamed, saveCommand } from '../records/records.ts';
import { readAgain, readRecords } from '../records/snapshot-readings.ts';
import { fillNumber, leftErased, type Operation, recordsOf, type Round, savedNumber } from './rounds.ts';

/** What was read while a round was arranged. */
export interface RoundArranged {
  /** Before the round's saves and erases, but after `ensureFilled`. */
  readonly before: Snapshot;
  /** The records that the round leaves alone, read right before the reboot. */
  readonly keptReadings: Readings;
}

/** The same for a round that is also judged before its reboot, or whose reboot interrupts a write. */
export interface RoundWatched extends RoundArranged {
  /** The whole configuration, read right before the reboot. */
  readonly written: Snapshot;
}

type Readings = Snapshot['saved'];

const theMode = recordNamed('QDMPCFG 0');

/** Arranges a round and reads only what its judges need. */
export async function arrangeRound(all: Fixtures, round: Round): Promise<RoundArranged> {
  const { module } = all;
  await bringKeptIntoUse(all, round);
  const before = await saveAndErase(module, round);
  return { before, keptReadings: await readRecords(module, recordsOf(round, 'keep')) };
}

/** Arranges a round and reads the whole configuration. */
export async function arrangeWatched(all: Fixtures, round: Round): Promise<RoundWatched> {
  const { module } = all;
  await bringKeptIntoUse(all, round);
  const before = await saveAndErase(module, round);
  const written = await module.snapshot();
  return { before, written, keptReadings: written.saved };
}

/**
 * An earlier round saved the records that this round leaves alone, so its reboot is their second. If that round was
 * not run, or a reboot lost the values, they are saved here and get their first reboot, of the same kind: so they come to
 * the second as they did when this round failed, too.
 */
async function bringKeptIntoUse({ module, board }: Fixtures, round: Round): Promise<void> {
  const left = recordsOf(round, 'keep').filter((record) => !leftErased(round).includes(record));
  const filled = await ensureFilled(module, left, fillNumber(round));
  if (filled.length === 0) return;
  // With access disabled the module contacts nobody, even if the reboot loses records.
  await module.access.saveMode(0);
  await board.reboot(round.kind);
}

/**
 * Saves and erases what the round says, and writes nothing else, because NVRAM wears. Saves before it erases: access
 * is disabled, or the server harmless, before an erase could enable access or bring back a stranger's address, even
 * if the module writes late.
 * @returns the whole configuration before
 */
async function saveAndErase(module: TestModule, round: Round): Promise<Snapshot> {
  const found = await module.snapshot();
  const erased = recordsOf(round, 'erase', 'erase all');
  // What `=5,4` answers where one of its records is empty is open (clause CFG-ERASE-EMPTY).
  const needed =
    recordsOf(round, 'erase all').length > 0 ? [...new Set([...accessRecords, ...erased])] : erased;
  const filled = await ensureFilledForErase(module, needed, fillNumber(round));
  const before = filled.length === 0 ? found : await readAgain(module, found, filled);
  const records = (which: Operation): readonly SavedRecord[] =>
    round.cells
      .filter(({ record, operation }) => operation === which && module.has(record.command))
      .map(({ record }) => record);
  if (round.overSaved) await ensureFilled(module, records('save'), fillNumber(round));
  if (records('erase all').length > 0) await module.access.erase(4);
  for (const record of records('save')) {
    await expectOk(module, saveCommand(record, numberedValues(record, savedNumber(round))));
  }
  for (const record of records('erase')) await expectOk(module, record.erase);
  return before;
}

/**
 * Saves numbered values in records that hold no suite values, so that a loss would be noticed.
 * @param isReliable whether a record's reading proves that it holds a value that will do; if not, it is always saved
 * @returns the records that had to be saved
 */
export async function ensureFilled(
  module: TestModule,
  records: readonly SavedRecord[],
  number: number,
  isReliable: (record: SavedRecord, found: Snapshot) => boolean = () => true,
): Promise<readonly SavedRecord[]> {
  const found = await module.snapshot();
  const holds = (record: SavedRecord): boolean =>
    isReliable(record, found) && ownValuesIn(record, found.saved[record.name]?.text) !== undefined;
  const others = records.filter((record) => module.has(record.command) && !holds(record));
  for (const record of others) await expectOk(module, saveCommand(record, numberedValues(record, number)));
  return others;
}

/**
 * The same for records that are erased and read before any reboot: none may hold what is in use, for that may be shown
 * of an erased record, too (clause CFG-QUERY-EMPTY).
 */
export const ensureUnusedForErase = (
  module: TestModule,
  records: readonly SavedRecord[],
  number: number,
): Promise<readonly SavedRecord[]> =>
  ensureFilled(
    module,
    records,
    number,
    (record, { inUse, saved }) =>
      record !== theMode && !isInUse(record, inUse, ownValuesIn(record, saved[record.name]?.text) ?? []),
  );

/**
 * The same for records that are erased next. The mode is always saved: an erased mode may be shown as 0 or 1, and the
 * note does not say what erasing an empty record answers.
 */
const ensureFilledForErase = (
  module: TestModule,
  records: readonly SavedRecord[],
  number: number,
): Promise<readonly SavedRecord[]> => ensureFilled(module, records, number, (record) => record !== theMode);
