import { type Profile, profiles } from '../../jest/host/profile.ts';
import { costsOf } from '../estimate/measured-costs.ts';
import { sortTests } from '../estimate/sort-tests.ts';
import { collectSuites } from '../qualify/collect-suites.ts';

const suites = await collectSuites();

/** What is measured is the emulated board, which can do all. */
const board = {
  control: { driver: 'emulator', settings: {}, faults: [] },
  platform: { listen: '127.0.0.1:0' },
} as unknown as Parameters<typeof sortTests>[1];

const testsOf = (profile: Profile): ReadonlyMap<string, number> =>
  sortTests(suites, board, { profile, clausePattern: null }).tests;

test.each(profiles)('every chapter of profile %s was measured', (profile) => {
  const tests = testsOf(profile);
  const costs = costsOf(profile);
  expect([...tests.keys()].filter((file) => !costs.has(file))).toEqual([]);
  expect(tests.size).toBeGreaterThan(5);
});

/** A chapter that has grown more than this is to be measured again: its share of the measured time says too little. */
const outgrown = (measured: number, today: number): boolean =>
  Math.abs(today - measured) > Math.max(3, measured / 5);

test.each(profiles)('every chapter of profile %s had about as many tests when it was measured', (profile) => {
  const costs = costsOf(profile);
  const changed = [...testsOf(profile)].map(([file, today]) => ({
    file,
    today,
    measured: costs.get(file)?.tests ?? 0,
  }));
  expect(changed.filter(({ today, measured }) => outgrown(measured, today))).toEqual([]);
});
