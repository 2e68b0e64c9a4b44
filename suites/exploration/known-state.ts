import { type SavedRecord, savedRecords, type Snapshot } from '../../harness/jest/suite.ts';
import { saveCommand, showsValues, type Values } from '../records/records.ts';

/** What is in a record: values that were saved, or nothing since it was erased. */
export type RecordContent = Values | 'erased';

/**
 * What is known of a module: what was saved in its records or erased from them, and what it showed last. A record of
 * which neither is known has no content here.
 */
export interface KnownState {
  readonly contents: ReadonlyMap<string, RecordContent>;
  readonly shown: Snapshot;
}

export const savedText = ({ saved }: Snapshot, { name }: SavedRecord): string | undefined =>
  saved[name]?.text;

/** The saved values of a record; undefined when none are known. */
export function knownValues({ contents }: KnownState, { name }: SavedRecord): Values | undefined {
  const content = contents.get(name);
  return content === 'erased' ? undefined : content;
}

/** What is known once the module has shown its configuration: saved values that it does not show are not believed. */
export function confirmedState(contents: ReadonlyMap<string, RecordContent>, shown: Snapshot): KnownState {
  const kept = savedRecords.flatMap((record): [string, RecordContent][] => {
    const content = contents.get(record.name);
    if (content === undefined) return [];
    return content === 'erased' || showsValues(record, savedText(shown, record), content)
      ? [[record.name, content]]
      : [];
  });
  return { contents: new Map(kept), shown };
}

/** The command that gives a record its content. */
export const commandFor = (record: SavedRecord, content: RecordContent): string =>
  content === 'erased' ? record.erase : saveCommand(record, content);

/** Commands that bring about what is known, record by record. */
export const commandsFor = ({ contents }: KnownState): readonly string[] =>
  savedRecords.flatMap((record) => {
    const content = contents.get(record.name);
    return content === undefined ? [] : [commandFor(record, content)];
  });
