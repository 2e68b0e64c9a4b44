/** The result of a test, and of a clause through its tests (reports/README.md, "Verdicts"). */
export type Verdict = 'pass' | 'fail' | 'rig-error' | 'inconclusive' | 'flaky' | 'observed' | 'not-run';

/**
 * The order in which verdicts decide a combined one. A failure comes first: the module misbehaved, whatever the rig did
 * later. A part that was not run never hides one that was.
 */
export const byWeight: readonly Verdict[] = [
  'fail',
  'rig-error',
  'inconclusive',
  'flaky',
  'pass',
  'observed',
  'not-run',
];

/** Combines the verdicts of parts into one; `not-run` for no parts. */
export function combine(verdicts: Iterable<Verdict>): Verdict {
  const present = new Set(verdicts);
  return byWeight.find((verdict) => present.has(verdict)) ?? 'not-run';
}
