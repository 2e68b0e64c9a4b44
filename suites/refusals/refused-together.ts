import { arrangement } from '../../harness/jest/suite.ts';
import type { Input } from '../values/commands.ts';
import { expectAllRefused, groupDeadlineMs, tryRefused } from './refusals.ts';

interface RefusedCase {
  readonly id: string;
  readonly title: string;
  readonly inputs: readonly Input[];
}

/**
 * Registers a test for each case: all its inputs must be refused and change nothing. The cases share one group,
 * because comparing the configuration is expensive: the first test sends it, each test judges its own inputs.
 * @param profile the smallest profile that runs the tests
 * @param dmmode the access mode that is saved during the group
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
