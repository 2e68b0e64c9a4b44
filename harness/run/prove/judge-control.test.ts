import { control, end, judged, judgedAs } from './judge-cell.fixture.ts';
import type { StageEnd } from './stage.ts';

test('a sound module is judged by the chosen clauses alone', async () => {
  expect(await judgedAs({ clausePattern: 'CFG-*' }, control, end(0))).toMatchObject({
    outcome: 'passed',
    stages: ['nightly CFG-*'],
  });
});

test.each([
  [0, 'passed'],
  [1, 'failed'],
  [3, 'undecided'],
  [4, 'undecided'],
])('a sound module whose run ends with %d has %s', async (exitCode, outcome) => {
  expect(await judged(control, end(exitCode))).toMatchObject({ outcome, stages: ['nightly all'] });
});

test('what a sound module leaves undecided is judged again, alone, where the network is slower', async () => {
  const whole4 = end(4, { 'CFG-A': 'pass', 'CFG-B': 'inconclusive', 'CFG-D': 'not-run' });
  const open = end(4, { 'CFG-B': 'inconclusive' });
  const stages = ['nightly all', 'nightly CFG-B, 3 times slower', 'nightly CFG-B, 10 times slower'];
  const judgedBy = (...ends: StageEnd[]) => judged(control, whole4, ...ends);
  expect(await judgedBy(end(0, { 'CFG-B': 'pass' }))).toMatchObject({
    ...{ outcome: 'passed', stages: stages.slice(0, 2), slower: 3 },
  });
  expect(await judgedBy(open, end(0, { 'CFG-B': 'pass' }))).toMatchObject({ outcome: 'passed', stages });
  expect(await judgedBy(open, end(1, { 'CFG-B': 'fail' }))).toMatchObject({ outcome: 'failed', stages });
  expect(await judgedBy(open, open)).toMatchObject({ outcome: 'undecided', stages });
  // A release run of some clauses alone ends 4, since it did not judge the others.
  expect(await judgedBy(end(4, { 'CFG-B': 'pass', 'CFG-E': 'not-run' }))).toMatchObject({
    outcome: 'passed',
  });
  expect(await judgedBy(end(4, { 'CFG-B': 'flaky' }))).toMatchObject({ outcome: 'undecided' });
  // Where it is not judged at all, it has no verdict either.
  const unseen = end(0, { 'CFG-B': 'not-run' });
  expect(await judgedBy(unseen, unseen)).toMatchObject({ outcome: 'undecided', stages });
});

test('a sound module whose run used up its NVRAM writes says so', async () => {
  const spent = end(4, { 'CFG-B': 'inconclusive' });
  const judging = judged(control, { ...spent, record: { ...spent.record!, budgetSpent: true } });
  expect(await judging).toMatchObject({
    outcome: 'undecided',
    why: 'exit code 4; the NVRAM writes that the run may make were used up; CFG-B inconclusive',
    stages: ['nightly all'],
  });
});

test('a sound module that passes and fails in one run is not judged until it passes', async () => {
  const flaky = end(4, { 'CFG-A': 'flaky', 'CFG-B': 'inconclusive' });
  expect(await judged(control, flaky)).toMatchObject({ outcome: 'undecided', stages: ['nightly all'] });
});

test.each([
  [1, 'failed'],
  [2, 'failed'],
  [3, 'failed'],
  [4, 'undecided'],
  [143, 'undecided'],
])('a sound module whose run ends with %d though nothing ran beside it has %s', async (exitCode, outcome) => {
  expect(await judgedAs({ alone: true }, control, end(exitCode))).toMatchObject({ outcome });
});
