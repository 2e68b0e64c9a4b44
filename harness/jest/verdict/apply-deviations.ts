import type { ClauseFacts } from '../../../reports/record/entry.ts';
import type { Verdict } from '../../../reports/record/verdict.ts';
import type { Outcome } from './outcome.ts';

/** An outcome with the known deviations among the clauses of the failed test. */
export interface DeviatingOutcome extends Outcome {
  readonly deviates?: readonly string[];
}

/** Clauses whose failure does not mean what a failure usually means. */
interface Exceptions {
  /** The known deviations of the rig's firmware. */
  readonly waived: ReadonlySet<string>;
  /** Clauses through which alone the test sees its other clauses (`ClauseOptions.through`). */
  readonly through: readonly string[];
}

const decided: readonly Verdict[] = ['pass', 'fail'];

/**
 * What an outcome means for the clauses of its test.
 *
 * A test of U clauses only judges nothing: it is `observed`, with its reason. A failed test fails every clause it judges,
 * since it does not show which of them failed. But a known deviation is observed, and if all its clauses are, so is the
 * test. An S clause that shares its test with a known deviation still fails, so suites keep expectations of E and I
 * clauses out of the tests of S clauses. Where that is impossible, because the S clause shows only through the other,
 * the suite says so by `through`, and the test is observed as a whole.
 */
export function applyDeviations(
  outcome: Outcome,
  clauses: readonly Pick<ClauseFacts, 'id' | 'status'>[],
  { waived, through }: Exceptions,
): DeviatingOutcome {
  const judged = clauses.filter(({ status }) => status !== 'U');
  if (judged.length === 0)
    return decided.includes(outcome.verdict) ? { ...outcome, verdict: 'observed' } : outcome;
  const deviates = judged.map(({ id }) => id).filter((id) => waived.has(id));
  if (outcome.verdict !== 'fail' || deviates.length === 0) return outcome;
  if (deviates.length === judged.length) return { ...outcome, deviates, verdict: 'observed' };
  const hiding = deviates.filter((id) => through.includes(id));
  return hiding.length === 0 ? { ...outcome, deviates } : { ...hiddenBy(hiding, outcome), deviates };
}

/** @param hiding the known deviations through which alone the other clauses show */
const hiddenBy = (hiding: readonly string[], { reason }: Outcome): Outcome => ({
  verdict: 'observed',
  reason:
    `the other clauses show only through ${hiding.join(', ')}, which this firmware is known to fail` +
    (reason === undefined ? '' : `\n${reason}`),
});
