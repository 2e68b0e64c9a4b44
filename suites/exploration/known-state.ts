import { type SavedRecord, savedRecords, type Snapshot } from '../../harness/jest/suite.ts';
import { saveCommand, showsValues, type Values } from '../records/records.ts';

/** The content of a record: the saved values, or `erased`. */
export type RecordContent = Values | 'erased';

/**
 * What is known of a module: the contents of its records, and the configuration it showed last. A record of unknown
 * content is not in `contents`.
 */
export interface KnownState {
  readonly contents: ReadonlyMap<string, RecordContent>;
  readonly shown: Snapshot;
}

export const savedText = ({ saved }: Snapshot, { name }: SavedRecord): string | undefined =>
  saved[name]?.text;

/** The saved values of a record; undefined if it is erased or unknown. */
export function knownValues({ contents }: KnownState, { name }: SavedRecord): Values | undefined {
  const content = contents.get(name);
  return content === 'erased' ? undefined : content;
}

/** The known state after the module has shown its configuration: saved values that it does not show are dropped. */
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

/** The command that brings a record to this content. */
export const commandFor = (record: SavedRecord, content: RecordContent): string =>
  content === 'erased' ? record.erase : saveCommand(record, content);

/** The commands that bring a module to this state, one per record of known content. */
export const commandsFor = ({ contents }: KnownState): readonly string[] =>
  savedRecords.flatMap((record) => {
    const content = contents.get(record.name);
    return content === undefined ? [] : [commandFor(record, content)];
  });
