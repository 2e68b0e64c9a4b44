import type { ClauseFacts } from './entry.ts';
import type { RecordedClause, RecordedTest } from './record.ts';
import { combine, type Verdict } from './verdict.ts';

/** A U clause cannot fail: a passed test is an observation, a failed one is inconclusive. */
function forStatus(status: ClauseFacts['status'], verdict: Verdict): Verdict {
  if (status !== 'U') return verdict;
  if (verdict === 'pass') return 'observed';
  return verdict === 'fail' ? 'inconclusive' : verdict;
}

/** The verdict of a clause's tests. A known deviation that one test met is not hidden by the passes of others. */
function verdictOf(id: string, tests: readonly RecordedTest[]): Verdict {
  const seen = tests.filter(({ unseen }) => !unseen?.includes(id));
  const deviates = (test: RecordedTest) => test.deviates?.includes(id) ?? false;
  const verdict = combine(seen.map((test) => (deviates(test) ? 'observed' : test.verdict)));
  return verdict === 'pass' && seen.some(deviates) ? 'observed' : verdict;
}

/** Each clause with the verdict of the tests that judge it. */
export function judgeClauses(
  clauses: readonly ClauseFacts[],
  tests: readonly RecordedTest[],
): RecordedClause[] {
  const judges = new Map<string, RecordedTest[]>(clauses.map(({ id }) => [id, []]));
  for (const test of tests) for (const id of test.clauses) judges.get(id)?.push(test);
  return clauses.map((clause) => {
    const own = judges.get(clause.id) ?? [];
    const verdict = clause.unselected ? 'not-run' : forStatus(clause.status, verdictOf(clause.id, own));
    return { ...clause, verdict, tests: own.map(({ name }) => name) };
  });
}
