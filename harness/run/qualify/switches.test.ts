import type { CollectedTest } from './collect-suites.ts';
import { switchesToProve } from './switches.ts';

const test_ = (more: Partial<CollectedTest>): CollectedTest => ({
  name: 'a test',
  file: 'a.suite.ts',
  title: 'a test',
  clauses: ['CFG-PERSIST-KINDS'],
  profile: 'nightly',
  needs: [],
  ...more,
});

const tests = [
  test_({ clauses: ['CFG-QUERY-1'], profile: 'smoke' }),
  test_({ needs: ['reset'] }),
  test_({ clauses: ['CUT-ATOMIC'], needs: ['supplyCut'] }),
];

test.each([
  ['nightly', null, ['supplyCut', 'reset']],
  ['release', 'CUT-*', ['supplyCut']],
  ['nightly', 'CFG-PERSIST-KINDS', ['reset']],
  ['nightly', 'CFG-QUERY-1', []],
  ['smoke', null, []],
] as const)('a %s run of %p proves what its tests need: %p', (profile, clausePattern, switches) => {
  expect(switchesToProve(tests, { profile, clausePattern })).toEqual(switches);
});
