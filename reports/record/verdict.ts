/** What a test, and a clause through its tests, ends with (README, "Verdicts"). */
export type Verdict = 'pass' | 'fail' | 'rig-error' | 'inconclusive' | 'flaky' | 'observed' | 'not-run';

/**
 * The verdict of a whole from those of its parts. A failure outweighs everything: the module misbehaved
 * whatever the rig did later. What was not run never hides what was.
 */
const weight: readonly Verdict[] = [
  'fail',
  'rig-error',
  'inconclusive',
  'flaky',
  'pass',
  'observed',
  'not-run',
];

/** @returns `not-run` for no parts. */
export function combine(verdicts: Iterable<Verdict>): Verdict {
  const present = new Set(verdicts);
  return weight.find((verdict) => present.has(verdict)) ?? 'not-run';
}
