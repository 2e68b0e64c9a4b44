import type { ClauseFacts } from './entry.ts';
import type { RecordedClause, RecordedTest } from './record.ts';
import { combine, type Verdict } from './verdict.ts';

/** Where the note is silent nothing can fail: what a test of it saw is an observation, or it saw nothing. */
function forStatus(status: ClauseFacts['status'], verdict: Verdict): Verdict {
  if (status !== 'U') return verdict;
  if (verdict === 'pass') return 'observed';
  return verdict === 'fail' ? 'inconclusive' : verdict;
}

/** What the tests of a clause say of it. Where one met a known deviation, the others' passes do not hide it. */
function verdictOf(id: string, tests: readonly RecordedTest[]): Verdict {
  const deviates = (test: RecordedTest) => test.deviates?.includes(id) ?? false;
  const verdict = combine(tests.map((test) => (deviates(test) ? 'observed' : test.verdict)));
  return verdict === 'pass' && tests.some(deviates) ? 'observed' : verdict;
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
