import { expectThat, type SavedRecord, shownBy, type Snapshot } from '../../harness/jest/suite.ts';
import { inUseText } from '../records/snapshot-readings.ts';

/** What a record must show. */
interface Wanted {
  readonly right: (record: SavedRecord, text: string | undefined) => boolean;
  /** The kind of the reboot before. */
  readonly kind: string;
  /** The same in words, for a failure. */
  readonly words: (record: SavedRecord) => string;
}

/** Expects the readings of some saved records to be right; a failure shows the wrong answers. */
export function expectSavedReadings(
  { saved }: Snapshot,
  records: readonly SavedRecord[],
  { right, words, kind }: Wanted,
): void {
  const wrong = records.filter((record) => !right(record, saved[record.name]?.text));
  shownBy(
    wrong.map(({ name }) => saved[name]),
    () =>
      expectThat(namesOf(wrong.length > 0 ? wrong : records, `saved, after a reboot (${kind})`), {
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
  { right, words, kind }: Wanted,
): void {
  const wrong = records.filter((record) => !right(record, inUseText(snapshot, record)));
  shownBy([snapshot.inUse], () =>
    expectThat(namesOf(wrong.length > 0 ? wrong : records, `in use, after a reboot (${kind})`), {
      holds: wrong.length === 0,
      expected: wrong.map(words),
      got: wrong.map((record) => inUseText(snapshot, record)),
    }),
  );
}

/** Each record as what is looked at. */
const namesOf = (records: readonly SavedRecord[], how: string): readonly string[] =>
  records.map(({ name }) => `${name} ${how}`);
