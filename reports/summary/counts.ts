import type { RecordedTest, RunRecord } from '../record/record.ts';
import type { Verdict } from '../record/verdict.ts';
import { indented } from '../text/format.ts';
import { group } from './group.ts';

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
  const counts = order.map(
    (verdict) => [chosen.filter((part) => part.verdict === verdict).length, verdict] as const,
  );
  return [...counts, [left, 'not selected'] as const]
    .filter(([n]) => n > 0)
    .map(([n, what]) => `${n} ${what}`)
    .join(', ');
}

/** How many clauses `--clause` left out. */
export const unselected = ({ clauses }: RunRecord): number =>
  clauses.filter((clause) => clause.unselected).length;

/** How many reasons for which tests were not run are named. */
const REASONS = 5;

/** Why tests were not run, most frequent first: a clause can be judged although some of its tests were not run. */
function reasons(tests: readonly RecordedTest[]): string[] {
  const left = tests.filter(({ verdict }) => verdict === 'not-run');
  const groups = group(
    left.map(({ name, reason }) => [(reason ?? 'no reason was recorded').split('\n', 1)[0]!, name]),
  );
  // Nothing was run, for one reason: it stands among the clauses not run.
  if (groups.length === 1 && left.length === tests.length) return [];
  return groups
    .sort(([, a], [, b]) => b.length - a.length)
    .slice(0, REASONS)
    .flatMap(([reason, names]) => indented(`${names.length} not-run: ${reason}`, 9));
}

/** How many clauses and tests ended how, why tests were not run, and what `observed` means where there is any. */
export function counts({ clauses, tests, clausePattern }: RunRecord): string[] {
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
      ? ['         (observed: the note is silent; what the module does is recorded, and never a failure)']
      : []),
  ];
}
