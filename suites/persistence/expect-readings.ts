import { type SavedRecord, shownBy, type Snapshot } from '../../harness/jest/suite.ts';
import { inUseText } from '../records/snapshot-readings.ts';

/** Expects the readings of some saved records to be right; a failure shows the wrong answers. */
export function expectSavedReadings(
  { saved }: Snapshot,
  records: readonly SavedRecord[],
  right: (record: SavedRecord, text: string | undefined) => boolean,
): void {
  const wrong = records.filter((record) => !right(record, saved[record.name]?.text));
  shownBy(
    wrong.map(({ name }) => saved[name]),
    () =>
      expect(wrong.map(({ name }) => `${name} reads ${saved[name]?.text ?? saved[name]?.final}`)).toEqual([]),
  );
}

/** The same for the values in use. */
export function expectInUseReadings(
  snapshot: Snapshot,
  records: readonly SavedRecord[],
  right: (record: SavedRecord, text: string) => boolean,
): void {
  const wrong = records.filter((record) => !right(record, inUseText(snapshot, record)));
  shownBy([snapshot.inUse], () =>
    expect(wrong.map((record) => `${record.name} in use: ${inUseText(snapshot, record)}`)).toEqual([]),
  );
}
