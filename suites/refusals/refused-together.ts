import { arrangement } from '../../harness/jest/suite.ts';
import type { Input } from '../values/commands.ts';
import { expectAllRefused, groupDeadlineMs, tryRefused } from './refusals.ts';

interface RefusedCase {
  readonly id: string;
  readonly title: string;
  readonly inputs: readonly Input[];
}

/**
 * A test for each case, that all its inputs are refused and change nothing. They share one group, since comparing
 * the configuration is what a group costs: the first test sends it, each judges its own inputs.
 * @param profile the smallest profile that runs them
 * @param dmmode the access mode that is saved meanwhile
 */
export function refusedTogether(
  profile: 'smoke' | 'nightly',
  cases: readonly RefusedCase[],
  dmmode = 0,
): void {
  const all = cases.flatMap(({ inputs }) => inputs);
  const tried = arrangement({ profile, deadlineMs: groupDeadlineMs }, ({ module }) =>
    tryRefused(module, all, dmmode),
  );
  for (const { id, title, inputs } of cases) {
    tried.clause(
      id,
      dmmode === 0 ? title : `${title}, while access mode ${dmmode} is saved`,
      ({ arranged }) => {
        expectAllRefused(arranged, inputs);
        return Promise.resolve();
      },
    );
  }
}
