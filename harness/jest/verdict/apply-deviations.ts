import type { ClauseFacts } from '../../../reports/record/entry.ts';
import type { Verdict } from '../../../reports/record/verdict.ts';
import type { Outcome } from './outcome.ts';

/** An outcome, and the known deviations among the clauses that the test disappointed. */
export interface Weighed extends Outcome {
  readonly deviates?: readonly string[];
}

/** What a failure of a test need not mean. */
interface Allowances {
  /** The known deviations of the rig's firmware. */
  readonly waived: ReadonlySet<string>;
  /** Clauses by which alone the test sees what it judges (`ClauseOptions.through`). */
  readonly through: readonly string[];
}

const decided: readonly Verdict[] = ['pass', 'fail'];

/**
 * What an outcome means for the clauses of its test.
 *
 * A test of U clauses alone judges nothing: whatever happened was observed, and is kept as the reason. A test that
 * failed fails every clause it judges, since nobody can say which of them disappointed; but a known deviation is
 * observed, and when nothing else could fail, so is the test. So an S clause that shares its test with a waived one
 * still fails: suites keep what only an E or I clause expects out of the tests of S clauses. Where they cannot, since
 * the S clause shows through the other alone, they say so: then nothing is said of it here.
 */
export function weigh(
  outcome: Outcome,
  clauses: readonly Pick<ClauseFacts, 'id' | 'status'>[],
  { waived, through }: Allowances,
): Weighed {
  const judged = clauses.filter(({ status }) => status !== 'U');
  if (judged.length === 0)
    return decided.includes(outcome.verdict) ? { ...outcome, verdict: 'observed' } : outcome;
  const deviates = judged.map(({ id }) => id).filter((id) => waived.has(id));
  if (outcome.verdict !== 'fail' || deviates.length === 0) return outcome;
  if (deviates.length === judged.length) return { ...outcome, deviates, verdict: 'observed' };
  const behind = deviates.filter((id) => through.includes(id));
  return behind.length === 0 ? { ...outcome, deviates } : { ...hidden(outcome, behind), deviates };
}

/** Nothing can be said of what shows only through clauses that the firmware is known not to keep. */
const hidden = ({ reason }: Outcome, behind: readonly string[]): Outcome => ({
  verdict: 'not-run',
  reason:
    `the rest shows only through ${behind.join(', ')}, which this firmware is known not to keep` +
    (reason === undefined ? '' : `\n${reason}`),
});
