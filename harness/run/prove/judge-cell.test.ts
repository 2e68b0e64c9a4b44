import { ManualClock } from '../../base/manual-clock.fixture.ts';
import type { Cell } from './cell.ts';
import { control, end, fault, judged, judgedAs } from './judge-cell.fixture.ts';
import { judgeCell } from './judge-cell.ts';

const quick = 'nightly CFG-A, stops early';
const release = 'release CFG-A, stops early';
const whole = 'nightly all, stops early';

test('a fault is caught when a clause that it breaks fails, and nothing else is run then', async () => {
  expect(await judged(fault, end(1, { 'CFG-A': 'fail' }))).toEqual({
    outcome: 'caught',
    failed: ['CFG-A'],
    why: undefined,
    stages: [quick],
    caughtBy: { test: '1.suite.ts › CFG-A', chapter: '1.suite.ts', clauses: ['CFG-A'] },
    everyTest: false,
    slower: 1,
  });
});

test('a broken clause that stays undecided is judged again where the network is slower', async () => {
  const open = end(4, { 'CFG-A': 'inconclusive' });
  expect(await judged(fault, open, end(1, { 'CFG-A': 'fail' }))).toMatchObject({
    outcome: 'caught',
    stages: [quick, `${quick}, 3 times slower`],
    slower: 3,
  });
  const stages = [
    quick,
    `${quick}, 3 times slower`,
    `${quick}, 10 times slower`,
    `${whole}, 10 times slower`,
  ];
  expect(await judged(fault, open, open, open, open)).toMatchObject({
    outcome: 'undecided',
    stages,
    slower: 10,
  });
});

test('a broken clause that was flaky is not run until it fails: the whole run decides', async () => {
  const flaky = end(4, { 'CFG-A': 'flaky' });
  const stages = [quick, whole];
  expect(await judged(fault, flaky, flaky)).toMatchObject({
    outcome: 'undecided',
    why: 'exit code 4; CFG-A flaky',
    stages,
  });
  expect(await judged(fault, flaky, end(1, { 'CFG-A': 'fail' }))).toMatchObject({
    outcome: 'caught',
    stages,
    slower: 1,
  });
  const two: Cell = { ...fault, breaks: ['CFG-A', 'CFG-B'] };
  const mixed = end(4, { 'CFG-A': 'flaky', 'CFG-B': 'inconclusive' });
  expect((await judged(two, mixed, mixed)).stages).toHaveLength(2);
});

test('a broken clause that even the release profile does not come to judge is judged again the same way', async () => {
  const ends = [end(0, { 'CFG-A': 'not-run' }), end(0, { 'CFG-A': 'not-run' }), end(1, { 'CFG-A': 'fail' })];
  expect(await judged(fault, ...ends)).toMatchObject({
    outcome: 'caught',
    stages: [quick, release, `${release}, 3 times slower`],
  });
});

test('another clause that stays undecided is none of the fault', async () => {
  const ends = [end(4, { 'CFG-A': 'pass', 'CFG-B': 'inconclusive' }), end(0, { 'CFG-A': 'pass' })];
  expect(await judged(fault, ...ends)).toMatchObject({ outcome: 'survived', stages: [quick, whole] });
});

test('what is judged alone is judged where the network is slower at once', async () => {
  expect(await judgedAs({ alone: true }, control, end(0))).toMatchObject({
    outcome: 'passed',
    stages: ['nightly all, 3 times slower'],
  });
});

test('what the profile leaves out is judged by the release profile', async () => {
  const ends = [end(0, { 'CFG-A': 'not-run' }), end(1, { 'CFG-A': 'fail' })];
  expect(await judged(fault, ...ends)).toMatchObject({ outcome: 'caught', stages: [quick, release] });
});

test('a generated fault that the profile does not see, or not twice, is judged by the release profile', async () => {
  const generated: Cell = { ...fault, generated: { operator: 'lost', place: 'access.read' } };
  for (const seen of ['pass', 'flaky'] as const) {
    const ends = [end(seen === 'pass' ? 0 : 4, { 'CFG-A': seen }), end(1, { 'CFG-A': 'fail' })];
    expect(await judged(generated, ...ends)).toMatchObject({ outcome: 'caught', stages: [quick, release] });
  }
  const passing = [1, 2, 3].map(() => end(0, { 'CFG-A': 'pass' }));
  expect(await judged(generated, ...passing)).toMatchObject({
    outcome: 'survived',
    stages: [quick, release, whole],
  });
});

test('a survivor was judged by every clause', async () => {
  const ends = [end(0, { 'CFG-A': 'pass' }), end(0, { 'CFG-A': 'pass' })];
  expect(await judged(fault, ...ends)).toMatchObject({
    outcome: 'survived',
    why: 'exit code 0',
    stages: [quick, whole],
  });
});

test('a fault by which only other clauses fail is not caught', async () => {
  const ends = [end(0, { 'CFG-A': 'pass' }), end(1, { 'CFG-A': 'pass', 'CFG-B': 'fail' })];
  expect(await judged(fault, ...ends)).toMatchObject({ outcome: 'blamed-wrongly', failed: ['CFG-B'] });
});

test('a run that ended before its clauses were judged is followed by the whole one', async () => {
  const ends = [end(3, { 'CFG-A': 'not-run' }), end(1, { 'CFG-A': 'fail' })];
  expect(await judged(fault, ...ends)).toMatchObject({ outcome: 'caught', stages: [quick, whole] });
});

test('a rig that failed decides nothing', async () => {
  expect(await judged(fault, end(3), end(3))).toMatchObject({ outcome: 'undecided', why: 'exit code 3' });
  const never = { exitCode: 3, record: null };
  expect(await judged(fault, never)).toMatchObject({ outcome: 'undecided', stages: [quick] });
  expect(await judged(fault, { exitCode: 143, record: null })).toMatchObject({ outcome: 'undecided' });
});

test('where every test is asked for, none is left out after the first that fails', async () => {
  expect(await judgedAs({ everyTest: true }, fault, end(1, { 'CFG-A': 'fail' }))).toMatchObject({
    outcome: 'caught',
    stages: ['nightly CFG-A'],
    everyTest: true,
  });
});

test('a clause that failed without a test of its own has caught the fault as well', async () => {
  const { record } = end(1, { 'CFG-A': 'fail' });
  const { outcome, caughtBy } = await judged(fault, { exitCode: 1, record: { ...record!, tests: [] } });
  expect({ outcome, caughtBy }).toEqual({ outcome: 'caught', caughtBy: undefined });
});

test('a caught fault says whether the first cause of its run names a clause that it breaks', async () => {
  const { record, exitCode } = end(1, { 'CFG-A': 'fail' });
  const causeOf = async (...clauses: string[]) => {
    const cause = {
      ...{ kind: 'breaks' as const, subject: clauses[0]!, text: 'breaks it', clauses, tests: [], against: 0 },
      ...{ first: { test: '1.suite.ts › CFG-A', line: 1 }, commands: [] },
    };
    const run = () => Promise.resolve({ exitCode, record: { ...record!, causes: [{ ...cause }] } });
    const judging = { profile: 'nightly', alone: false, everyTest: false, clausePattern: null } as const;
    return (await judgeCell(fault, judging, run, new ManualClock())).cause;
  };
  expect(await causeOf('CFG-C', 'CFG-A')).toEqual({ text: 'breaks it', named: true });
  expect(await causeOf('CFG-C')).toEqual({ text: 'breaks it', named: false });
});
