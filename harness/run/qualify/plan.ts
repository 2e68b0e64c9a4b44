import type { ClauseFacts, PlannedTest } from '../../../reports/record/entry.ts';
import { HilError } from '../../base/error.ts';
import { catalogue, chosenIds, clauseById } from '../../clauses/catalogue.ts';
import { uncovered } from '../../clauses/uncovered.ts';
import type { CollectedTest } from './collect-suites.ts';

/** What a run sets out to judge, known before the first byte. */
export interface Plan {
  readonly clauses: readonly ClauseFacts[];
  readonly tests: readonly PlannedTest[];
}

/**
 * Checks the suites against the catalogue.
 * @param clausePattern what `--clause` names; null: every clause
 * @throws CLAUSE_UNKNOWN for a pattern that names none and a test of an unknown id, CATALOGUE_INVALID for two tests of one name
 */
export function planOf(collected: readonly CollectedTest[], clausePattern: string | null): Plan {
  const chosen = chosenIds(clausePattern);
  const names = new Set<string>();
  for (const { name, clauses } of collected) {
    clauses.forEach(clauseById);
    if (names.has(name)) {
      throw new HilError('CATALOGUE_INVALID', `two tests are called '${name}'`, {
        remedy: 'a record tells tests apart by their names: give one another title',
      });
    }
    names.add(name);
  }
  return {
    clauses: catalogue.map(({ id, status, text, section }) => {
      const why = uncovered.get(id);
      return {
        ...{ id, status, text, section },
        ...(why !== undefined && { uncovered: why }),
        ...(chosen && !chosen.has(id) && { unselected: true }),
      };
    }),
    tests: collected.map(({ profile: _, ...test }) => test),
  };
}

/** The tests that judge a clause the run is asked for. */
export function testsToJudge({ clauses, tests }: Plan): readonly PlannedTest[] {
  const chosen = new Set(clauses.filter(({ unselected }) => !unselected).map(({ id }) => id));
  return tests.filter((test) => test.clauses.some((id) => chosen.has(id)));
}
