import type { Entry, ExchangeFacts } from './entry.ts';
import type { RecordedTest } from './record.ts';
import { combine, type Verdict } from './verdict.ts';

/** Evidence against a clause that the whole run is judged by, from whatever test it was seen in. */
export interface LateFinding {
  readonly clause: string;
  readonly verdict: Extract<Verdict, 'fail' | 'inconclusive' | 'flaky'>;
  readonly text: string;
}

/** The evidence of an exchange against the clause that limits its time; undefined if it was in time. */
function timeFinding({ clause, inTime, form, lo, hi, final }: ExchangeFacts): LateFinding | undefined {
  if (clause === undefined || inTime === undefined || inTime === 'within') return undefined;
  const took = final === '' ? `no answer in ${lo.toFixed(0)} ms` : `${lo.toFixed(1)} to ${hi.toFixed(1)} ms`;
  return { clause, verdict: inTime === 'over' ? 'fail' : 'inconclusive', text: `${form}: ${took}` };
}

/** The clause that is broken by a module that falls silent. */
export const silenceClause = 'INPUT-ALIVE';

/** The evidence of an entry against such a clause; undefined if it has none. */
export function findingOf(entry: Entry): LateFinding | undefined {
  if (entry.type === 'exchange') return timeFinding(entry);
  if (entry.type === 'silence') return { clause: silenceClause, verdict: entry.verdict, text: entry.text };
  return entry.type === 'line-fault'
    ? { clause: entry.clause, verdict: 'fail', text: entry.text }
    : undefined;
}

/** The most findings shown: on a slow module, every command of the restore is one. */
const MOST_SHOWN = 10;

/** Verdicts that late findings do not change. */
const judgedNothing: ReadonlySet<Verdict> = new Set(['not-run', 'rig-error']);

/**
 * Adds what was seen after the last test to a test that judges the whole run: at the end, the harness checks the module's
 * identity and restores its values, and those exchanges count too. A silence counts even where that test was not run.
 * @param waived clauses that are known deviations of the firmware: they are observed, not failed
 */
export function withLateFindings(
  test: RecordedTest,
  late: readonly LateFinding[],
  waived: ReadonlySet<string>,
): RecordedTest {
  if (late.length === 0) return test;
  const unjudged = judgedNothing.has(test.verdict);
  if (unjudged && !late.some(({ clause }) => clause === silenceClause)) return test;
  const deviates = [...new Set(late.map(({ clause }) => clause).filter((id) => waived.has(id)))];
  const counted = late.filter(({ clause }) => !waived.has(clause));
  const lines = late.slice(0, MOST_SHOWN).map(({ text }) => text);
  const more = late.length - lines.length;
  const seen = unjudged
    ? 'seen in this run'
    : 'seen after the last test, while the module was checked and its values were restored';
  // A reason begins with what decides the verdict: what was expected, and what came.
  const found = [
    `${seen}: expected none, got ${late.length}:`,
    ...lines,
    ...(more > 0 ? [`and ${more} more`] : []),
  ];
  const before = test.reason === undefined || unjudged ? [] : [test.reason];
  const was = unjudged || (test.verdict === 'pass' && deviates.length > 0) ? 'observed' : test.verdict;
  const verdict = combine([was, ...counted.map((each) => each.verdict)]);
  // What has a verdict is not left out, so that every report shows it.
  const { leftOut: _, ...shown } = test;
  return {
    ...shown,
    // A known deviation is observed, not failed.
    verdict,
    reason: (test.verdict === 'fail' ? [...before, ...found] : [...found, ...before]).join('\n'),
    ...(verdict === 'fail' && { confirmed: true }),
    ...(deviates.length > 0 && { deviates: [...new Set([...(test.deviates ?? []), ...deviates])] }),
  };
}
