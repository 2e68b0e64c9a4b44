import { chosenIds } from '../../clauses/needed.ts';
import { whyLeftOut } from '../../jest/host/left-out.ts';
import type { Switch } from '../../proof/prove-switches.ts';
import type { CollectedTest } from './collect-suites.ts';
import type { QualifyOptions } from './run.ts';

/**
 * The switches of the board that a run has to prove before it judges: those that its tests need. A smoke run proves none:
 * it has one reboot, which the module makes itself.
 */
export function switchesToProve(
  tests: readonly CollectedTest[],
  { profile, clausePattern }: Pick<QualifyOptions, 'profile' | 'clausePattern'>,
): readonly Switch[] {
  const asked = { profile, clauses: chosenIds(clausePattern) };
  const needs = tests.filter((test) => whyLeftOut(test, asked) === undefined).flatMap((test) => test.needs);
  return (['supplyCut', 'reset'] as const).filter((name) => needs.includes(name));
}
