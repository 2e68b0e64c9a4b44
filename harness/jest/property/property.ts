import { arrangement } from '../host/clause.ts';
import type { Fixtures } from '../host/fixtures.ts';
import type { ClauseOptions } from '../host/host.ts';
import { type PropertyPlan, search } from './search.ts';

/** What is judged once a property was searched. */
export interface Property {
  /** A test that gives the verdict on some clauses of the property. */
  clause(clauses: string | readonly string[], title: string, options?: Pick<ClauseOptions, 'through'>): void;
}

/**
 * A property and the clauses it judges, each in a test of its own: the first test that runs pays for the search,
 * and nothing happens when none is selected. A test fails with the shortest input that shows it, as AT lines.
 * @param name the search among all of a run; how many of its inputs were tried is observed under it
 * @param planOf makes the plan, once, when the first test runs
 */
export function property<T, S>(
  { name, ...options }: ClauseOptions & { readonly name: string },
  planOf: (fixtures: Fixtures) => PropertyPlan<T, S>,
): Property {
  const searched = arrangement(options, async (fixtures) => {
    const findings = await search(fixtures, planOf(fixtures));
    fixtures.observe(`SEARCH.${name}`, findings.effort);
    return findings;
  });
  return {
    clause(ids, title, own) {
      searched.clause(
        ids,
        title,
        ({ arranged }) => {
          arranged.judge(typeof ids === 'string' ? [ids] : ids);
          return Promise.resolve();
        },
        own,
      );
    },
  };
}
