import type { RecordedTest, RunRecord } from '../record/record.ts';
import type { Verdict } from '../record/verdict.ts';
import { indentedLines } from '../text/format.ts';

const order: readonly Verdict[] = [
  'pass',
  'fail',
  'rig-error',
  'inconclusive',
  'flaky',
  'observed',
  'not-run',
];

interface Counted {
  readonly verdict: Verdict;
}

function tally(chosen: readonly Counted[], left: number): string {
  const verdictCounts = order.map(
    (verdict) => [chosen.filter((part) => part.verdict === verdict).length, verdict] as const,
  );
  return [...verdictCounts, [left, 'not selected'] as const]
    .filter(([n]) => n > 0)
    .map(([n, what]) => `${n} ${what}`)
    .join(', ');
}

/** Groups pairs by their first part, in the order seen. */
export function groupByFirst(
  pairs: readonly (readonly [key: string, member: string])[],
): [string, string[]][] {
  const groups = new Map<string, string[]>();
  for (const [key, member] of pairs) groups.set(key, [...(groups.get(key) ?? []), member]);
  return [...groups];
}

/** The number of clauses that `--clause` left out. */
export const unselectedCount = ({ clauses }: RunRecord): number =>
  clauses.filter((clause) => clause.unselected).length;

/** The most reasons for not running tests that are shown. */
const MOST_REASONS = 5;

/** Why tests were not run, most frequent reason first. A clause can be judged although some of its tests were not run. */
function reasons(tests: readonly RecordedTest[]): string[] {
  const left = tests.filter(({ verdict }) => verdict === 'not-run');
  const groups = groupByFirst(
    left.map(({ name, reason }) => [(reason ?? 'no reason was recorded').split('\n', 1)[0]!, name]),
  );
  // If nothing was run, for one reason, the list of clauses not run shows it.
  if (groups.length === 1 && left.length === tests.length) return [];
  return groups
    .sort(([, a], [, b]) => b.length - a.length)
    .slice(0, MOST_REASONS)
    .flatMap(([reason, names]) => indentedLines(`${names.length} not-run: ${reason}`, 9));
}

/** How many clauses and tests have which verdict, why tests were not run, and what `observed` means. */
export function countLines({ clauses, tests, clausePattern }: RunRecord): string[] {
  const judged = clauses.filter((clause) => !clause.unselected);
  const ids = new Set(judged.map(({ id }) => id));
  const chosen =
    clausePattern === null ? tests : tests.filter((test) => test.clauses.some((id) => ids.has(id)));
  const line = (name: string, all: readonly unknown[], counted: readonly Counted[]): string =>
    `${name}  ${all.length}: ${tally(counted, all.length - counted.length) || 'none'}`;
  return [
    line('clauses', clauses, judged),
    line('tests  ', tests, chosen),
    ...reasons(chosen),
    ...(judged.some(({ verdict }) => verdict === 'observed')
      ? [
          '         (observed: the note leaves this open, so it cannot fail; run.json has what the module did)',
        ]
      : []),
  ];
}
