import type { RecordedClause, RecordedTest, RunRecord } from '../record/record.ts';
import { count, indented } from '../text/format.ts';
import { group } from './group.ts';

/** Why a clause was not run: the reasons of its tests, first lines. */
function whyNot(
  { tests: names, uncovered }: RecordedClause,
  byName: ReadonlyMap<string, RecordedTest>,
): string {
  if (names.length === 0) return `no test judges it${uncovered === undefined ? '' : `: ${uncovered}`}`;
  const reasons = names.map(
    (name) => (byName.get(name)?.reason ?? 'no reason was recorded').split('\n', 1)[0] ?? '',
  );
  // Sorted: the same reasons in another order are the same reason.
  return [...new Set(reasons)].sort().join('; ');
}

/** How many clauses a reason names that nobody asked for one by one. */
const NAMED = 30;

/** Ids of clauses; all of them where `--clause` asked for them. */
function named(ids: readonly string[], { clausePattern }: RunRecord): string {
  const left = clausePattern === null ? ids.length - NAMED : 0;
  return left > 0 ? `${ids.slice(0, NAMED).join(' ')} … (${left} more in run.json)` : ids.join(' ');
}

/** Clauses of the run that have no verdict, by the reason; those that `--clause` left out are none of them. */
export function notRun(record: RunRecord): string[] {
  const byName = new Map(record.tests.map((test) => [test.name, test]));
  const chosen = record.clauses.filter(({ unselected }) => !unselected);
  const left = chosen.filter(({ verdict }) => verdict === 'not-run');
  const reasons = group(left.map((clause) => [whyNot(clause, byName), clause.id]));
  if (reasons.length === 0) return [];
  const lines = reasons.flatMap(([reason, ids]) =>
    // One reason for everything needs no list of everything.
    ids.length > 1 && ids.length === chosen.length
      ? indented(`${reason} (all ${ids.length} clauses)`, 2)
      : [...indented(`${reason} (${count(ids.length, 'clause')})`, 2), ...indented(named(ids, record), 6)],
  );
  return ['Clauses not run', ...lines];
}
