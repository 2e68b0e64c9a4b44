import type { PlannedTest } from '../../../reports/record/entry.ts';

export interface Coverage {
  readonly tests: readonly Pick<PlannedTest, 'name' | 'clauses'>[];
  /** Every id of the catalogue. */
  readonly ids: readonly string[];
  /** Ids that are allowed to have no test, with the reason. */
  readonly exceptions: ReadonlyMap<string, string>;
}

/**
 * What is wrong between the suites and the catalogue: a test of an unknown clause, a clause without a test, an
 * exception that is none or none any more. One line each; none when all is well.
 */
export function coverageMistakes({ tests, ids, exceptions }: Coverage): string[] {
  const known = new Set(ids);
  const judged = new Set(tests.flatMap(({ clauses }) => clauses));
  return [
    ...tests.flatMap(({ name, clauses }) =>
      clauses.filter((id) => !known.has(id)).map((id) => `${name}: no clause is called ${id}`),
    ),
    ...ids
      .filter((id) => !judged.has(id) && !exceptions.has(id))
      .map((id) => `${id}: no test in suites/ judges it`),
    ...[...exceptions.keys()].flatMap((id) => {
      if (!known.has(id)) return [`${id}: excepted, but no clause is called so`];
      return judged.has(id) ? [`${id}: excepted in harness/clauses/uncovered.ts, but a test judges it`] : [];
    }),
  ];
}
