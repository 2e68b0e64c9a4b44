import type { RunRecord } from '../../../reports/record/record.ts';
import { ManualClock } from '../../base/manual-clock.fixture.ts';
import type { Cell } from './cell.ts';
import { judgeCell, type Judging } from './judge-cell.ts';
import type { Stage, StageEnd } from './stage.ts';

type Verdict = RunRecord['clauses'][number]['verdict'];

const fault: Cell = { kind: 'fault', name: 'wrong', describe: 'is wrong', breaks: ['CFG-A'], seed: 1 };
const control: Cell = { ...fault, kind: 'control', breaks: [] };

const end = (exitCode: number, verdicts: Record<string, Verdict> = {}): StageEnd => ({
  exitCode,
  record: {
    clauses: Object.entries(verdicts).map(([id, verdict]) => ({
      ...{ id, status: 'S', text: '', section: '', tests: [] },
      verdict,
    })),
    tests: Object.entries(verdicts).map(([id, verdict], nth) => ({
      ...{ name: `1.suite.ts › ${id}`, file: '1.suite.ts', title: id, clauses: [id, 'CFG-C'], durationMs: 1 },
      ...{ verdict, trace: [nth, nth] },
    })),
    causes: [],
    problems: [],
    timing: [],
  },
});

/** The outcome, and the stages that it took. */
async function judgedAs(asked: Partial<Judging>, cell: Cell, ...ends: StageEnd[]) {
  const stages: string[] = [];
  const run = (_: Cell, { profile, clauses, stopEarly, slower }: Stage): Promise<StageEnd> => {
    const pace = slower > 1 ? `, ${slower} times slower` : '';
    stages.push(`${profile} ${clauses ?? 'all'}${stopEarly ? ', stops early' : ''}${pace}`);
    return Promise.resolve(ends.shift()!);
  };
  const judging = {
    profile: 'nightly',
    alone: false,
    everyTest: false,
    clausePattern: null,
    ...asked,
  } as const;
  const { outcome, failed, why, caughtBy, everyTest, slower } = await judgeCell(
    cell,
    judging,
    run,
    new ManualClock(),
  );
  return { outcome, failed, why, stages, caughtBy, everyTest, slower };
}

const judged = (cell: Cell, ...ends: StageEnd[]) => judgedAs({}, cell, ...ends);

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
  // Where it is not judged at all, it has no verdict either.
  const unseen = end(0, { 'CFG-B': 'not-run' });
  expect(await judgedBy(unseen, unseen)).toMatchObject({ outcome: 'undecided', stages });
});

test('a sound module whose run used up its NVRAM writes says so', async () => {
  const spent = end(4);
  const judging = judged(control, { ...spent, record: { ...spent.record!, budgetSpent: true } });
  expect(await judging).toMatchObject({
    outcome: 'undecided',
    why: 'exit code 4; the NVRAM writes that the run may make were used up',
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
