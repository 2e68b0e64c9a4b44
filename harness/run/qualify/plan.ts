import type { ClauseFacts, PlannedTest } from '../../../reports/record/entry.ts';
import { HilError } from '../../base/error.ts';
import { catalogue, chosenIds, clauseById } from '../../clauses/catalogue.ts';
import { uncovered } from '../../clauses/uncovered.ts';
import type { CollectedTest } from './collect-suites.ts';

/** What a run is to judge. */
export interface Plan {
  readonly clauses: readonly ClauseFacts[];
  readonly tests: readonly PlannedTest[];
}

/**
 * Checks the suites against the catalogue.
 * @param clausePattern the value of `--clause`; null: every clause
 * @throws CLAUSE_UNKNOWN for a pattern that matches no clause or a test with an unknown id, CATALOGUE_INVALID for two
 *   tests of one name
 */
export function planOf(collected: readonly CollectedTest[], clausePattern: string | null): Plan {
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
  return {
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
    tests: collected.map(({ profile: _, ...test }) => test),
  };
}

/** The tests that judge at least one selected clause. */
export function testsToJudge({ clauses, tests }: Plan): readonly PlannedTest[] {
  const chosen = new Set(clauses.filter(({ unselected }) => !unselected).map(({ id }) => id));
  return tests.filter((test) => test.clauses.some((id) => chosen.has(id)));
}
