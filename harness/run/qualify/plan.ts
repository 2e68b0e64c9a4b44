import type { ClauseFacts, PlannedTest } from '../../../reports/record/entry.ts';
import { HilError } from '../../base/error.ts';
import { catalogue, clauseById } from '../../clauses/catalogue.ts';
import { askedIds, chosenIds, type Needed, neededBy } from '../../clauses/needed.ts';
import { uncovered } from '../../clauses/uncovered.ts';
import { whyLeftOut } from '../../jest/host/left-out.ts';
import type { Profile } from '../../jest/host/profile.ts';
import type { CollectedTest } from './collect-suites.ts';

/** What a run is to judge. */
export interface Plan {
  readonly clauses: readonly ClauseFacts[];
  readonly tests: readonly PlannedTest[];
  /** How many tests the profile has, whatever `--clause` selects. */
  readonly ofProfile: number;
  /** What is judged beside the clauses that were asked for, one line for each reason. */
  readonly also: readonly string[];
}

/**
 * Checks the suites against the catalogue.
 * @param clausePattern the value of `--clause`; null: every clause
 * @throws CLAUSE_UNKNOWN for a pattern that matches no clause or a test with an unknown id, CATALOGUE_INVALID for two
 *   tests of one name
 */
export function planOf(
  collected: readonly CollectedTest[],
  clausePattern: string | null,
  profile: Profile,
): Plan {
  const chosen = chosenIds(clausePattern);
  const names = new Set<string>();
  for (const { name, clauses } of collected) {
    clauses.forEach(clauseById);
    if (names.has(name)) {
      throw new HilError('CATALOGUE_INVALID', `two tests are called '${name}'`, {
        remedy: 'the record identifies tests by name: give one of them another title',
      });
    }
    names.add(name);
  }
  const tests = collected.map(({ profile: least, needs: _, ...test }) => {
    const leftOut = whyLeftOut({ ...test, profile: least }, { profile, clauses: chosen });
    return { ...test, ...(leftOut !== undefined && { leftOut }) };
  });
  return {
    also: clausePattern === null ? [] : describeNeeded(neededBy(askedIds(clausePattern)), tests),
    clauses: catalogue.map(({ id, status, text, section }) => {
      const reason = uncovered.get(id);
      return {
        id,
        status,
        text,
        section,
        ...(reason !== undefined && { uncovered: reason }),
        ...(chosen && !chosen.has(id) && { unselected: true }),
      };
    }),
    ofProfile: collected.filter((test) => whyLeftOut(test, { profile, clauses: null }) === undefined).length,
    tests,
  };
}

/** Says what is judged as well; nothing of clauses of which the profile has no test. */
function describeNeeded(needed: readonly Needed[], tests: readonly PlannedTest[]): string[] {
  const run = new Set(testsToJudge({ tests }).flatMap(({ clauses }) => clauses));
  return needed.flatMap(({ of, ids, because }) => {
    const also = ids.filter((id) => run.has(id));
    return also.length === 0 ? [] : [`for ${of.join(', ')} runs also ${also.join(', ')}, because ${because}`];
  });
}

/** The tests that the run does not leave out. */
export const testsToJudge = ({ tests }: Pick<Plan, 'tests'>): readonly PlannedTest[] =>
  tests.filter(({ leftOut }) => leftOut === undefined);

/** The names of the suite files that hold a test to judge. */
export const filesToJudge = (plan: Plan): readonly string[] => [
  ...new Set(testsToJudge(plan).map(({ file }) => file)),
];
