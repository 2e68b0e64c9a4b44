import { profiles } from '../../jest/host/profile.ts';
import { collectSuites } from '../qualify/collect-suites.ts';
import { planOf } from '../qualify/plan.ts';
import { costsOf } from './measured-costs.ts';
import { sortTests } from './sort-tests.ts';

const suites = await collectSuites();

/** What is measured is the emulated board, which can do all. */
const board = {
  control: { driver: 'emulator', settings: {}, faults: [] },
  platform: { listen: '127.0.0.1:0' },
} as unknown as Parameters<typeof sortTests>[2];

test.each(profiles)('every chapter of profile %s was measured', (profile) => {
  const { tests } = sortTests(suites, planOf(suites, null, profile), board, profile);
  const costs = costsOf(profile);
  expect([...tests.keys()].filter((file) => !costs.has(file))).toEqual([]);
  expect(tests.size).toBeGreaterThan(5);
});
