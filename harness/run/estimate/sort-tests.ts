import { capabilitiesOf } from '../../../rigs/control/capabilities.ts';
import { isEmulated, type RigFile } from '../../../rigs/file/rig-file.ts';
import { chosenIds } from '../../clauses/needed.ts';
import type { ClauseSpec } from '../../jest/host/host.ts';
import type { Profile } from '../../jest/host/profile.ts';
import { whyNotRun } from '../../jest/verdict/selection.ts';

/** A test of the suites, and what decides whether it is run. */
interface SuiteTest extends Pick<ClauseSpec, 'clauses' | 'profile' | 'needs'> {
  readonly name: string;
  readonly file: string;
}

/** The tests of the suites, by what would become of them. */
export interface SortedTests {
  /** How many tests of each suite file would be run. */
  readonly tests: ReadonlyMap<string, number>;
  /** Those that would not, with the reason, which is known before the board is touched. */
  readonly left: ReadonlyMap<string, string>;
}

/** Sorts them as the run itself will, as far as that is known from the rig file. */
export function sortTests(
  suites: readonly SuiteTest[],
  rig: Pick<RigFile, 'control' | 'platform'>,
  { profile, clausePattern }: { readonly profile: Profile; readonly clausePattern: string | null },
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
