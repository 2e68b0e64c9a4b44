import { filesOf } from '../files/run-folder.ts';
import { foldRecord } from '../record/fold-record.ts';
import { readRecord } from '../record/read-record.ts';
import { entriesOfTrace } from '../record/record-from-trace.ts';

const shown = (value: unknown): string => JSON.stringify(value) ?? 'nothing';

/**
 * Folds the trace of a run into a record again and compares the verdicts with those that `run.json` has.
 * @returns one sentence for each difference
 * @throws RECORD_UNREADABLE
 */
export function differencesFromTrace(dir: string): string[] {
  const said = readRecord(dir);
  const folded = foldRecord(entriesOfTrace(filesOf(dir).trace));
  const tests = new Map(folded.tests.map(({ name, verdict }) => [name, verdict]));
  const clauses = new Map(folded.clauses.map(({ id, verdict }) => [id, verdict]));
  const differs = (what: string, is: unknown, traced: unknown): string[] =>
    is === traced ? [] : [`run.json says ${what} ${shown(is)}, its trace ${shown(traced)}`];
  return [
    ...differs('exit code', said.exitCode, folded.exitCode),
    ...differs('state', said.state, folded.state),
    ...said.clauses.flatMap(({ id, verdict }) => differs(id, verdict, clauses.get(id))),
    ...said.tests.flatMap(({ name, verdict }) => differs(`the test "${name}"`, verdict, tests.get(name))),
    ...differs('clauses', said.clauses.length, folded.clauses.length),
    ...differs('tests', said.tests.length, folded.tests.length),
  ];
}
