import { wasInterrupted } from '../record/fold-tests.ts';
import type { RecordedClause, RecordedTest, RunRecord } from '../record/record.ts';
import { countNoun, indentedLines } from '../text/format.ts';
import { groupByFirst } from './counts.ts';

/** Says more than why others of its tests were not run. */
const INTERRUPTED = 'the run was interrupted before them';

/** Why a clause was not run: the first lines of its tests' reasons. */
function whyNot(
  { tests: names, uncovered }: RecordedClause,
  byName: ReadonlyMap<string, RecordedTest>,
): string {
  if (names.length === 0) return `no test judges it${uncovered === undefined ? '' : `: ${uncovered}`}`;
  const tests = names.map((name) => byName.get(name));
  if (tests.some((test) => test && wasInterrupted(test))) return INTERRUPTED;
  const reasons = tests.map((test) => (test?.reason ?? 'no reason was recorded').split('\n', 1)[0] ?? '');
  // Sorted, so that clauses with the same reasons in another order are grouped.
  return [...new Set(reasons)].sort().join('; ');
}

/** The most clauses listed for a reason, unless `--clause` selected them. */
const MOST_IDS = 30;

/** A list of clause ids; complete if `--clause` selected them. */
function listIds(ids: readonly string[], { clausePattern }: RunRecord): string {
  const left = clausePattern === null ? ids.length - MOST_IDS : 0;
  return left > 0 ? `${ids.slice(0, MOST_IDS).join(' ')} … (${left} more in run.json)` : ids.join(' ');
}

/** The clauses without a verdict, by reason; without those that `--clause` left out. */
export function notRunLines(record: RunRecord): string[] {
  const byName = new Map(record.tests.map((test) => [test.name, test]));
  const chosen = record.clauses.filter(({ unselected }) => !unselected);
  const left = chosen.filter(({ verdict }) => verdict === 'not-run');
  const reasons = groupByFirst(left.map((clause) => [whyNot(clause, byName), clause.id]));
  if (reasons.length === 0) return [];
  const lines = reasons.flatMap(([reason, ids]) =>
    // No list if all clauses have the same reason, or were only not come to.
    reason === INTERRUPTED || (ids.length > 1 && ids.length === chosen.length)
      ? indentedLines(
          `${reason} (${ids.length === chosen.length ? 'all ' : ''}${countNoun(ids.length, 'clause')})`,
          2,
        )
      : [
          ...indentedLines(`${reason} (${countNoun(ids.length, 'clause')})`, 2),
          ...indentedLines(listIds(ids, record), 6),
        ],
  );
  return ['Clauses not run', ...lines];
}
