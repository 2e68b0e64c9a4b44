import { expectThat, type SavedRecord, shownBy, type Snapshot } from '../../harness/jest/suite.ts';
import { inUseText } from '../records/snapshot-readings.ts';

/** What a record must show. */
interface Wanted {
  readonly right: (record: SavedRecord, text: string | undefined) => boolean;
  /** The same in words, for a failure. */
  readonly words: (record: SavedRecord) => string;
}

/** Expects the readings of some saved records to be right; a failure shows the wrong answers. */
export function expectSavedReadings(
  { saved }: Snapshot,
  records: readonly SavedRecord[],
  { right, words }: Wanted,
): void {
  const wrong = records.filter((record) => !right(record, saved[record.name]?.text));
  shownBy(
    wrong.map(({ name }) => saved[name]),
    () =>
      expectThat(`${namesOf(wrong)} saved`, {
        holds: wrong.length === 0,
        expected: wrong.map(words),
        got: wrong.map(({ name }) => saved[name]?.text ?? saved[name]?.final),
      }),
  );
}

/** The same for the values in use. */
export function expectInUseReadings(
  snapshot: Snapshot,
  records: readonly SavedRecord[],
  { right, words }: Wanted,
): void {
  const wrong = records.filter((record) => !right(record, inUseText(snapshot, record)));
  shownBy([snapshot.inUse], () =>
    expectThat(`${namesOf(wrong)} in use`, {
      holds: wrong.length === 0,
      expected: wrong.map(words),
      got: wrong.map((record) => inUseText(snapshot, record)),
    }),
  );
}

const namesOf = (records: readonly SavedRecord[]): string => records.map(({ name }) => name).join(', ');
