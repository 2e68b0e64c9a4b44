import {
  type Dialogue,
  type Judge,
  type SavedRecord,
  savedRecords,
  takeSnapshot,
} from '../../harness/jest/suite.ts';
import { clauseOfReading, clausesOfSaving } from '../records/record-clauses.ts';
import { isAccess, recordText, showsValues } from '../records/records.ts';
import { inUseText, sameFields } from '../records/snapshot-readings.ts';
import { baseValues } from './base-state.ts';
import {
  commandFor,
  confirmedState,
  type KnownState,
  knownValues,
  type RecordContent,
  savedText,
} from './known-state.ts';

/**
 * Brings the module to a state in which every record's content is known, with as few writes as possible.
 * @param wanted the wanted contents; undefined: any known content will do
 * @param carried the state known already; undefined: none
 */
export async function reachState(
  wanted: KnownState | undefined,
  carried: KnownState | undefined,
  dialogue: Dialogue,
  judge: Judge,
): Promise<KnownState> {
  const found = carried ?? confirmedState(new Map(), await takeSnapshot(dialogue.aside));
  const contents = new Map<string, RecordContent>(
    savedRecords.map((record) => [
      record.name,
      (wanted ?? found).contents.get(record.name) ?? baseValues(record),
    ]),
  );
  const missing = savedRecords.filter((record) => !has(found, record, contents.get(record.name)));
  for (const record of savedRecords.filter((each) => !missing.includes(each))) {
    if (contents.get(record.name) !== 'erased') judge(clauseOfReading(record), true, () => unknown(record));
  }
  if (missing.length === 0) return confirmedState(contents, found.shown);
  for (const record of missing) await dialogue.aside.at(commandFor(record, contents.get(record.name) ?? []));
  const shown = await takeSnapshot(dialogue.aside);
  const arrived = confirmedState(contents, shown);
  for (const record of missing) {
    const content = contents.get(record.name) ?? [];
    if (content !== 'erased') judgeSaved(arrived, record, commandFor(record, content), judge);
  }
  return arrived;
}

/** Whether a record has this content for certain. */
function has(known: KnownState, record: SavedRecord, content: RecordContent | undefined): boolean {
  const is = known.contents.get(record.name);
  if (content === undefined || content === 'erased' || is === 'erased') return content === is;
  if (!showsValues(record, savedText(known.shown, record), content)) return false;
  return is !== undefined || !mayBeErased(known, record);
}

/** Whether an erased record could read so, too: as the values in use, the defaults or zeros (CFG-QUERY-EMPTY). */
function mayBeErased({ shown }: KnownState, record: SavedRecord): boolean {
  if (!isAccess(record)) return false;
  const text = savedText(shown, record) ?? '';
  return (
    record.fields === 1 || text === record.defaults || sameFields(record, text, inUseText(shown, record))
  );
}

const unknown = ({ name }: SavedRecord) => ({
  what: `${name} saved`,
  expected: 'what was saved',
  got: 'other values',
});

function judgeSaved(known: KnownState, record: SavedRecord, line: string, judge: Judge): void {
  const saved = knownValues(known, record) !== undefined;
  for (const id of clausesOfSaving(record)) {
    const failure = { ...unknown(record), got: savedText(known.shown, record) ?? 'nothing' };
    judge(id, saved, () => ({ ...failure, expected: `what ${line} saves` }), [
      line,
      known.shown.saved[record.name],
    ]);
  }
}

/**
 * Leaves the module with access disabled and a server in 192.0.2.0/24.
 * @param carried the state known already; undefined: none
 */
export async function disableAccess(carried: KnownState | undefined, dialogue: Dialogue): Promise<void> {
  const known = carried ?? confirmedState(new Map(), await takeSnapshot(dialogue.aside));
  for (const record of savedRecords.filter(({ name }) => name === 'QDMPCFG 0' || name === 'QDMPCFG 1')) {
    const is = knownValues(known, record);
    const ours = is !== undefined && recordText(record, is).startsWith('1,192.0.2.');
    if (!has(known, record, baseValues(record)) && !ours)
      await dialogue.aside.at(commandFor(record, baseValues(record)));
  }
}
