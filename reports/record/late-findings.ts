import type { Entry, ExchangeFacts } from './entry.ts';
import type { RecordedTest } from './record.ts';
import { combine, type Verdict } from './verdict.ts';

/** Something that speaks against a clause which everything on the line is judged by, whichever test it stood in. */
export interface LineFinding {
  readonly clause: string;
  readonly verdict: Extract<Verdict, 'fail' | 'inconclusive'>;
  readonly text: string;
}

/** What an exchange says against the clause that limits its time; undefined where it was in time. */
function timeFinding({ clause, inTime, form, lo, hi, final }: ExchangeFacts): LineFinding | undefined {
  if (clause === undefined || inTime === undefined || inTime === 'within') return undefined;
  const took = final === '' ? `no answer in ${lo.toFixed(0)} ms` : `${lo.toFixed(1)} to ${hi.toFixed(1)} ms`;
  return { clause, verdict: inTime === 'over' ? 'fail' : 'inconclusive', text: `${form}: ${took}` };
}

/** What an entry says against a clause of the line. */
export function findingOf(entry: Entry): LineFinding | undefined {
  if (entry.type === 'exchange') return timeFinding(entry);
  return entry.type === 'line-fault'
    ? { clause: entry.clause, verdict: 'fail', text: entry.text }
    : undefined;
}

/** Findings shown of one test: one slow module has as many as the restore has commands. */
const MOST_SHOWN = 10;

/** Ends that stand: the test did not come to judge, or the rig did not let it. */
const judgedNothing: ReadonlySet<Verdict> = new Set(['not-run', 'rig-error']);

/**
 * A test that judged what the run had seen, with what was seen after it: while the module was made sure of and given
 * back. No test comes after those, and the run's verdict is on the whole of it.
 * @param waived the known deviations of the firmware: they fail nothing here either
 */
export function inHindsight(
  test: RecordedTest,
  late: readonly LineFinding[],
  waived: ReadonlySet<string>,
): RecordedTest {
  if (late.length === 0 || judgedNothing.has(test.verdict)) return test;
  const deviates = [...new Set(late.map(({ clause }) => clause).filter((id) => waived.has(id)))];
  const counted = late.filter(({ clause }) => !waived.has(clause));
  const lines = late.slice(0, MOST_SHOWN).map(({ text }) => text);
  const more = late.length - lines.length;
  return {
    ...test,
    verdict: combine([
      // A known deviation was met, and fails nothing.
      test.verdict === 'pass' && deviates.length > 0 ? 'observed' : test.verdict,
      ...counted.map(({ verdict }) => verdict),
    ]),
    reason: [
      ...(test.reason === undefined ? [] : [test.reason]),
      'seen after the last test, while the module was made sure of and given back:',
      ...lines,
      ...(more > 0 ? [`and ${more} more`] : []),
    ].join('\n'),
    ...(deviates.length > 0 && { deviates: [...new Set([...(test.deviates ?? []), ...deviates])] }),
  };
}
