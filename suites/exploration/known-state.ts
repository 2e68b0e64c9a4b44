import { type SavedRecord, savedRecords, type Snapshot } from '../../harness/jest/suite.ts';
import { saveLine, shows, type Values } from '../records/records.ts';

/** What is in a record: values that were saved, or nothing since it was erased. */
export type Content = Values | 'erased';

/**
 * What is known of a module: what was saved in its records or erased from them, and what it showed last. A record of
 * which neither is known has no content here.
 */
export interface Known {
  readonly contents: ReadonlyMap<string, Content>;
  readonly shown: Snapshot;
}

export const textOf = ({ saved }: Snapshot, { name }: SavedRecord): string | undefined => saved[name]?.text;

/** The saved values of a record; undefined when none are known. */
export function valuesOf({ contents }: Known, { name }: SavedRecord): Values | undefined {
  const content = contents.get(name);
  return content === 'erased' ? undefined : content;
}

/** What is known once the module has shown its configuration: saved values that it does not show are not believed. */
export function believed(contents: ReadonlyMap<string, Content>, shown: Snapshot): Known {
  const kept = savedRecords.flatMap((record): [string, Content][] => {
    const content = contents.get(record.name);
    if (content === undefined) return [];
    return content === 'erased' || shows(record, textOf(shown, record), content)
      ? [[record.name, content]]
      : [];
  });
  return { contents: new Map(kept), shown };
}

/** The command that gives a record its content. */
export const lineToHave = (record: SavedRecord, content: Content): string =>
  content === 'erased' ? record.erase : saveLine(record, content);

/** Commands that bring about what is known, record by record. */
export const linesOf = ({ contents }: Known): readonly string[] =>
  savedRecords.flatMap((record) => {
    const content = contents.get(record.name);
    return content === undefined ? [] : [lineToHave(record, content)];
  });
