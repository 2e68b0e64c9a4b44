import type { PlannedTest } from '../../../reports/record/entry.ts';
import { catalogue } from '../../clauses/catalogue.ts';
import { uncovered } from '../../clauses/uncovered.ts';
import { collectSuites } from './collect-suites.ts';

interface Coverage {
  readonly tests: readonly Pick<PlannedTest, 'name' | 'clauses'>[];
  /** Every id of the catalogue. */
  readonly ids: readonly string[];
  /** Ids that need no test, with the reason. */
  readonly exceptions: ReadonlyMap<string, string>;
}

/**
 * Compares the suites with the catalogue. A mistake is a test of an unknown clause, a clause without a test, and an
 * exception that is no clause or has a test; one line each.
 */
function coverageMistakes({ tests, ids, exceptions }: Coverage): string[] {
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
      if (!known.has(id)) return [`${id}: listed as an exception, but there is no such clause`];
      return judged.has(id) ? [`${id}: listed in harness/clauses/uncovered.ts, but a test judges it`] : [];
    }),
  ];
}

const ids = ['CFG-TEST', 'CFG-READ', 'WIRE-KEY'];
const exceptions = new Map([['WIRE-KEY', 'needs the platform']]);
const tests = [
  { name: 'a › one', clauses: ['CFG-TEST'] },
  { name: 'a › two', clauses: ['CFG-TEST', 'CFG-READ'] },
];

describe('coverage', () => {
  test('every clause has a test in suites/, but for the exceptions', async () => {
    const collected = await collectSuites();
    const mistakes = coverageMistakes({
      tests: collected,
      ids: catalogue.map(({ id }) => id),
      exceptions: uncovered,
    });
    expect(mistakes).toEqual([]);
  });

  test('is complete when every clause has a test or is excepted', () => {
    expect(coverageMistakes({ tests, ids, exceptions })).toEqual([]);
  });

  test('names a clause without a test', () => {
    expect(coverageMistakes({ tests: tests.slice(0, 1), ids, exceptions })).toEqual([
      'CFG-READ: no test in suites/ judges it',
    ]);
  });

  test('names a test of an unknown clause', () => {
    const stray = { name: 'b › three', clauses: ['CFG-RAED'] };
    expect(coverageMistakes({ tests: [...tests, stray], ids, exceptions })).toEqual([
      'b › three: no clause is called CFG-RAED',
    ]);
  });

  test('names an exception that has a test after all, and one that is no clause', () => {
    const late = { name: 'c › four', clauses: ['WIRE-KEY'] };
    const more = new Map([...exceptions, ['WIRE-KEYS', 'needs the platform']]);
    expect(coverageMistakes({ tests: [...tests, late], ids, exceptions: more })).toEqual([
      'WIRE-KEY: listed in harness/clauses/uncovered.ts, but a test judges it',
      'WIRE-KEYS: listed as an exception, but there is no such clause',
    ]);
  });
});
