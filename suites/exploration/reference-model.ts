import {
  access,
  answerTo,
  type Exchange,
  type Judge,
  type Reading,
  sameConfiguration,
  type SavedRecord,
  savedRecords,
  type Snapshot,
} from '../../harness/jest/suite.ts';
import {
  clauseOfErasing,
  clauseOfIsolation,
  clauseOfReading,
  clausesOfSaving,
} from '../records/record-clauses.ts';
import { isAccess, isInUse, recordText, showsAnyOf, showsValues } from '../records/records.ts';
import { readingAt } from '../records/snapshot-readings.ts';
import { describeChange } from '../refusals/side-effects.ts';
import {
  confirmedState,
  type KnownState,
  knownValues,
  type RecordContent,
  savedText,
} from './known-state.ts';
import { type Step, stepCommand } from './steps.ts';

type Write = Extract<Step, { do: 'save' | 'erase' | 'refused' }>;

/** The result of a write: its exchange, and the configuration afterwards. */
interface Written {
  readonly accepted: boolean;
  readonly shown: Snapshot;
  readonly exchange?: Exchange;
}

/** Judges what a save, an erase or a refused command did; returns what is known afterwards. */
export function judgeWrite(known: KnownState, step: Write, written: Written, judge: Judge): KnownState {
  const { accepted, shown } = written;
  if (step.do === 'save' || erasesSaved(known, step)) judgeAcceptance(step, written, judge);
  if (!accepted) judgeRefusal(known.shown, stepCommand(step), written, judge);
  else if (step.do !== 'refused') judgeEffect(known, step, written, judge);
  return updateState(known, accepted ? step : undefined, shown);
}

/** The note does not say what erasing an empty record answers, nor erasing all where one is empty (CFG-ERASE-EMPTY). */
const erasesSaved = (known: KnownState, step: Write): boolean =>
  step.do === 'erase' && step.records.every((record) => knownValues(known, record) !== undefined);

function judgeAcceptance(step: Write, { accepted, exchange }: Written, judge: Judge): void {
  for (const id of clausesOf(step))
    judge(
      id,
      accepted,
      () => ({ what: answerTo(stepCommand(step)), expected: 'OK', got: exchange?.final.text ?? 'an error' }),
      [exchange],
    );
}

/** The clauses on what this command must do. */
const clausesOf = (step: Write): readonly string[] => {
  if (step.do === 'save') return clausesOfSaving(step.record);
  if (step.do === 'refused') return [];
  const [first] = step.records;
  return step.records.length > 1 ? ['CFG-ERASE-4'] : first ? [clauseOfErasing(first)] : [];
};

function judgeRefusal(before: Snapshot, line: string, { shown, exchange }: Written, judge: Judge): void {
  const changed = sameConfiguration(before, shown);
  judge(
    'ERR-ATOMIC',
    changed.length === 0,
    () => ({
      what: `changes by ${line}, which was refused`,
      expected: 'none',
      got: changed.map(describeChange).join('; '),
    }),
    [exchange, ...changed.map(({ record }) => readingAt(shown, record))],
  );
}

function judgeEffect(
  known: KnownState,
  step: Exclude<Write, { do: 'refused' }>,
  { shown, exchange }: Written,
  judge: Judge,
): void {
  const line = stepCommand(step);
  const written = step.do === 'save' ? [step.record] : step.records;
  for (const record of written) judgeWritten(known, step, record, { shown, exchange }, judge);
  for (const other of savedRecords.filter((record) => !written.includes(record))) {
    const same = savedText(known.shown, other) === savedText(shown, other);
    const [own] = written;
    if (!own) continue;
    judge(
      clauseOfIsolation(step.do, own, other),
      same,
      () => ({
        what: `${other.name} saved, after ${line}`,
        expected: quotedText(known.shown, other),
        got: quotedText(shown, other),
      }),
      [exchange, shown.saved[other.name]],
    );
  }
  const id = step.do === 'save' ? 'CFG-READ-ACTIVE' : 'CFG-ERASE-APPLY';
  const failure = () => ({
    what: `values in use after ${line}, before a reboot`,
    expected: known.shown.inUse.text ?? 'none',
    got: shown.inUse.text ?? 'none',
  });
  judge(id, known.shown.inUse.text === shown.inUse.text, failure, [exchange, shown.inUse]);
}

function judgeWritten(
  known: KnownState,
  step: Exclude<Write, { do: 'refused' }>,
  record: SavedRecord,
  { shown, exchange }: Omit<Written, 'accepted'>,
  judge: Judge,
): void {
  const text = savedText(shown, record);
  const was = knownValues(known, record);
  const right =
    step.do === 'save'
      ? showsValues(record, text, step.values)
      : // What is in use may be shown of an erased record (CFG-QUERY-EMPTY); the next reboot judges it.
        !was || isInUse(record, shown.inUse, was) || !showsAnyOf(record, text, was);
  for (const id of clausesOf(step)) {
    const failure = () => ({
      what: `${record.name} ${step.do === 'save' ? 'saved' : 'erased'}`,
      expected:
        step.do === 'save' ? recordText(record, step.values) : `nothing of ${recordText(record, was ?? [])}`,
      got: quotedText(shown, record),
    });
    judge(id, right, failure, [exchange, shown.saved[record.name]]);
  }
}

const quotedText = (shown: Snapshot, record: SavedRecord): string => {
  const text = savedText(shown, record);
  return text ?? 'nothing';
};

/** Judges the answer to a query of one record: nothing was written since the last snapshot. */
export function judgeQuery(
  known: KnownState,
  record: SavedRecord,
  { text, exchange }: Reading,
  judge: Judge,
): void {
  const values = knownValues(known, record);
  // How an empty record is shown is open, and may differ each time.
  if (!values) return;
  judge(
    clauseOfReading(record),
    showsValues(record, text, values),
    () => ({ what: `${record.name} saved`, expected: recordText(record, values), got: text ?? 'nothing' }),
    [exchange],
  );
}

/** Judges a reading of the values in use: no reboot came since the last snapshot. */
export function judgeRead({ shown }: KnownState, { text, exchange }: Reading, judge: Judge): void {
  const failure = () => ({
    what: 'values in use, asked for again',
    expected: shown.inUse.text ?? 'none',
    got: text ?? 'none',
  });
  judge('CFG-READ-ACTIVE', shown.inUse.text === text, failure, [exchange]);
}

/** Judges a reboot: it must keep the saved records and bring them into use. */
export function judgeReboot(known: KnownState, shown: Snapshot, judge: Judge): KnownState {
  for (const record of savedRecords) {
    const values = knownValues(known, record);
    if (!values) continue;
    const id = isAccess(record) ? 'CFG-PERSIST' : 'EX-PERSIST';
    const failure = () => ({
      what: `${record.name} saved, after a reboot`,
      expected: recordText(record, values),
      got: quotedText(shown, record),
    });
    judge(id, showsValues(record, savedText(shown, record), values), failure, [shown.saved[record.name]]);
  }
  judgeInUse(known, shown, judge);
  return updateState(known, undefined, shown);
}

function judgeInUse(known: KnownState, shown: Snapshot, judge: Judge): void {
  const lines = shown.inUse.text?.split('\n') ?? [];
  for (const [type, record] of savedRecords.filter(isAccess).entries()) {
    const line = lines[type];
    const values = knownValues(known, record);
    const failure = (expected: string) => () => ({
      what: `${record.name} in use, after a reboot`,
      expected,
      got: line ?? 'nothing',
    });
    if (values)
      judge('CFG-APPLY', showsValues(record, line, values), failure(recordText(record, values)), [
        shown.inUse,
      ]);
    if (known.contents.get(record.name) === 'erased')
      judge('CFG-ERASE-APPLY', isDefault(type, line), failure('the defaults'), [shown.inUse]);
  }
}

/** Whether a line of the values in use shows the defaults, for the fields that have one (clause CFG-ERASE-APPLY). */
function isDefault(type: number, line: string | undefined): boolean {
  const fields = line?.split(/, */) ?? [];
  const { dmmode, serverIP, serverPort, updatePeriod, tmlType } = access;
  const server = [serverIP, serverPort, updatePeriod].map((field) => String(field.default));
  if (type === 0) return fields[1] === String(dmmode.default);
  if (type === 1) return fields.slice(1).join() === server.join();
  return fields.at(-2) === String(tmlType.default);
}

/** The known state after a step: what was written, as far as the module shows it. */
function updateState(known: KnownState, step: Write | undefined, shown: Snapshot): KnownState {
  const contents = new Map<string, RecordContent>(known.contents);
  if (step?.do === 'save') contents.set(step.record.name, step.values);
  if (step?.do === 'erase') for (const { name } of step.records) contents.set(name, 'erased');
  if (!step || step.do === 'refused') forgetChanged(contents, known.shown, shown);
  return confirmedState(contents, shown);
}

/** The content of an erased record becomes unknown when its reading changes. */
function forgetChanged(contents: Map<string, RecordContent>, before: Snapshot, after: Snapshot): void {
  for (const record of savedRecords) {
    if (savedText(before, record) !== savedText(after, record)) contents.delete(record.name);
  }
}
