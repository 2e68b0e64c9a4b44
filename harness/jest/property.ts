import { arrangement } from './clause.ts';
import type { ClauseOptions, Fixtures } from './host.ts';
import type { PropertyPlan } from './search.ts';
import { search } from './search.ts';

/** What is judged once a property was searched. */
export interface Property {
  /** A test that gives the verdict on some clauses of the property. */
  clause(clauses: string | readonly string[], title: string): void;
}

/**
 * A property and the clauses it judges, each in a test of its own: the first test that runs pays for the search,
 * and nothing happens when none is selected. A test fails with the shortest input that shows it, as AT lines.
 * @param planOf makes the plan, once, when the first test runs
 */
export function property<T, S>(
  options: ClauseOptions,
  planOf: (fixtures: Fixtures) => PropertyPlan<T, S>,
): Property {
  const searched = arrangement(options, (fixtures) => search(fixtures, planOf(fixtures)));
  return {
    clause(ids, title) {
      searched.clause(ids, title, ({ arranged }) => {
        arranged.judge(typeof ids === 'string' ? [ids] : ids);
        return Promise.resolve();
      });
    },
  };
}
