import {
  type Dialogue,
  type Judge,
  type SavedRecord,
  savedRecords,
  takeSnapshot,
} from '../../harness/jest/suite.ts';
import { clauseOfReading, clausesOfSaving } from '../records/record-clauses.ts';
import { shows } from '../records/records.ts';
import { baseOf } from './base-state.ts';
import { believed, type Content, type Known, lineToHave, textOf, valuesOf } from './known-state.ts';

/**
 * Brings the module to a state in which every record's content is known, with as few writes as that takes.
 * @param wanted the contents asked for; undefined: what is there will do, where it is known
 * @param carried what is known already; undefined: nothing
 */
export async function reachState(
  wanted: Known | undefined,
  carried: Known | undefined,
  dialogue: Dialogue,
  judge: Judge,
): Promise<Known> {
  const found = carried ?? believed(new Map(), await takeSnapshot(dialogue.aside));
  const contents = new Map<string, Content>(
    savedRecords.map((record) => [
      record.name,
      (wanted ?? found).contents.get(record.name) ?? baseOf(record),
    ]),
  );
  const missing = savedRecords.filter((record) => !has(found, record, contents.get(record.name)));
  for (const record of savedRecords.filter((each) => !missing.includes(each))) {
    if (contents.get(record.name) !== 'erased') judge(clauseOfReading(record), true, () => '');
  }
  if (missing.length === 0) return believed(contents, found.shown);
  for (const record of missing) await dialogue.aside.at(lineToHave(record, contents.get(record.name) ?? []));
  const shown = await takeSnapshot(dialogue.aside);
  const arrived = believed(contents, shown);
  for (const record of missing) {
    const content = contents.get(record.name) ?? [];
    if (content !== 'erased') judgeSaved(arrived, record, lineToHave(record, content), judge);
  }
  return arrived;
}

function has(known: Known, record: SavedRecord, content: Content | undefined): boolean {
  if (content === 'erased') return known.contents.get(record.name) === 'erased';
  return content !== undefined && shows(record, textOf(known.shown, record), content);
}

function judgeSaved(known: Known, record: SavedRecord, line: string, judge: Judge): void {
  const saved = valuesOf(known, record) !== undefined;
  for (const id of clausesOfSaving(record)) {
    judge(id, saved, () => `${line} did not save what it says`, [line, known.shown.saved[record.name]]);
  }
}

/**
 * Leaves the module fit for what comes: access disabled, and a server that is nobody's, whatever came before.
 * @param carried what is known already; undefined: nothing
 */
export async function disableAccess(carried: Known | undefined, dialogue: Dialogue): Promise<void> {
  const shown = carried?.shown ?? (await takeSnapshot(dialogue.aside));
  for (const record of savedRecords.filter(({ name }) => name === 'QDMPCFG 0' || name === 'QDMPCFG 1')) {
    const fit = shows(record, textOf(shown, record), baseOf(record));
    const ours = textOf(shown, record)?.startsWith('1,192.0.2.') === true;
    if (!fit && !ours) await dialogue.aside.at(lineToHave(record, baseOf(record)));
  }
}
