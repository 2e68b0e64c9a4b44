import { arrangement } from '../host/clause.ts';
import type { Fixtures } from '../host/fixtures.ts';
import type { ClauseOptions } from '../host/host.ts';
import { type PropertyPlan, search } from './search.ts';

/** Registers the tests of a property. */
export interface Property {
  /** A test that gives the search's verdict on some clauses. */
  clause(clauses: string | readonly string[], title: string, options?: Pick<ClauseOptions, 'through'>): void;
}

/**
 * A property that generated inputs are tested for, and the clauses it judges, each in a test of its own. The first test
 * that runs makes the search; without one, nothing happens. A test fails with the shortest failing input, as AT lines.
 * @param name unique in a run; the number of inputs tried is observed as `SEARCH.<name>`
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
