import { catalogue } from '../../clauses/catalogue.ts';
import { askedIds, neededBy } from '../../clauses/needed.ts';
import { profiles } from '../../jest/host/profile.ts';
import { collectSuites } from './collect-suites.ts';
import { planOf, testsToJudge } from './plan.ts';

const collected = collectSuites();

test.each(profiles)('a clause judged in hindsight has something to look at, profile %s', async (profile) => {
  const suites = await collected;
  const blind = catalogue.filter(({ id }) => {
    const tests = testsToJudge(planOf(suites, id, profile));
    return tests.length > 0 && tests.every(({ hindsight }) => hindsight);
  });
  expect(blind.map(({ id }) => id)).toEqual([]);
});

test('a clause over all stories with the platform runs each of them', async () => {
  const suites = await collected;
  const files = (pattern: string) =>
    testsToJudge(planOf(suites, pattern, 'nightly')).filter(({ file }) => file.startsWith('82-'));
  for (const id of ['CFG-STATE', 'CFG-STATE-SET', 'STATE-ORDER', 'STATE-REBOOT', 'WIRE-ONCE'])
    expect(files(id).length).toBeGreaterThan(5);
});

test('what is judged as well is said, with the reason', async () => {
  const suites = await collected;
  expect(planOf(suites, 'CFG-STATE-SET', 'nightly').also).toEqual([
    'for CFG-STATE-SET runs also STATE-DISABLED-0, STATE-REGISTER, STATE-REG-REFUSED, STATE-REG-SILENT, STATE-CONNECT-FAILED, because access states are watched while the module meets the platform',
  ]);
});

test('nothing is said of what the profile leaves out', async () => {
  expect(planOf(await collected, 'CFG-STATE-SET', 'smoke').also).toEqual([]);
  expect(planOf(await collected, null, 'nightly').also).toEqual([]);
});

test('every clause that is needed can be judged where the clause that needs it can', async () => {
  const suites = await collected;
  for (const { id } of catalogue)
    for (const { ids } of neededBy(askedIds(id))) {
      const run = testsToJudge(planOf(suites, id, 'nightly')).flatMap(({ clauses }) => clauses);
      expect(run).toEqual(expect.arrayContaining([...ids]));
    }
});
