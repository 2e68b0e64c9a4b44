import { capabilitiesOf } from '../../../rigs/control/capabilities.ts';
import { isEmulated, type RigFile } from '../../../rigs/file/rig-file.ts';
import { chosenIds } from '../../clauses/needed.ts';
import { whyNotRun } from '../../jest/verdict/selection.ts';
import type { CollectedTest } from '../qualify/collect-suites.ts';
import type { QualifyOptions } from '../qualify/run.ts';

/** The tests of the suites, by what would become of them. */
export interface SortedTests {
  /** How many tests of each suite file would be run. */
  readonly tests: ReadonlyMap<string, number>;
  /** Those that would not, with the reason, which is known before the board is touched. */
  readonly left: ReadonlyMap<string, string>;
}

/** Sorts them as the run itself will, as far as that is known from the rig file. */
export function sortTests(
  suites: readonly CollectedTest[],
  rig: Pick<RigFile, 'control' | 'platform'>,
  { profile, clausePattern }: Pick<QualifyOptions, 'profile' | 'clausePattern'>,
): SortedTests {
  const selection = {
    profile,
    clauses: chosenIds(clausePattern),
    capabilities: capabilitiesOf(rig),
    platform: rig.platform !== undefined,
    localCauses: isEmulated(rig),
    unproven: new Map(),
  };
  const tests = new Map<string, number>();
  const left = new Map<string, string>();
  for (const test of suites) {
    const reason = whyNotRun(test, selection);
    if (reason === undefined) tests.set(test.file, (tests.get(test.file) ?? 0) + 1);
    else left.set(test.name, reason);
  }
  return { tests, left };
}
