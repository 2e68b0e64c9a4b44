import { type ClauseSpec, installHost } from '../../harness/jest/host/host.ts';

/** The tests a suite file registers when it is loaded. */
async function testsOf(load: () => Promise<unknown>): Promise<readonly ClauseSpec[]> {
  const specs: ClauseSpec[] = [];
  installHost({ clause: (spec) => specs.push(spec) });
  await load();
  return specs;
}

const withoutBoard = [
  ['25-erase', () => import('../25-erase.suite.ts'), ['nightly']],
  ['60-persistence', () => import('../60-persistence.suite.ts'), ['smoke', 'nightly', 'release']],
  ['65-supply-cuts', () => import('../65-supply-cuts.suite.ts'), ['release']],
  ['66-cut-sweep', () => import('../66-cut-sweep.suite.ts'), ['release']],
] as const;

describe('the suites on persistence, loaded without a board', () => {
  test.each(withoutBoard)(
    '%s registers tests with titles of their own, in its profiles',
    async (_, load, profiles) => {
      const specs = await testsOf(load);
      expect(specs.length).toBeGreaterThan(0);
      expect(new Set(specs.map(({ title }) => title)).size).toBe(specs.length);
      expect(new Set(specs.map((spec) => spec.profile ?? 'nightly'))).toEqual(new Set(profiles));
      expect(specs.filter(({ clauses }) => clauses.length === 0)).toEqual([]);
    },
  );
});
