import type { Deviation, Entry } from './entry.ts';
import { clauseFacts, exchange, planned, ran, runEnd, runStart } from './example-run.fixture.ts';
import { foldRecord } from './fold-record.ts';
import type { Verdict } from './verdict.ts';

const times = { ...planned('every answer was in time', 'CFG-TIME'), hindsight: true };
const frames = { ...planned('every answer was framed', 'AT-FRAME'), hindsight: true };
const clauses = [clauseFacts('CFG-TIME', 'S'), clauseFacts('AT-FRAME', 'I')];

const slow = exchange({ inTime: 'over', lo: 450, hi: 452, clause: 'CFG-TIME' });
const near = exchange({ inTime: 'inconclusive', lo: 299, hi: 301, clause: 'CFG-TIME' });
const unframed: Entry = { type: 'line-fault', clause: 'AT-FRAME', text: 'AT was answered OK' };

/** A run whose last tests judge the whole run, with entries after them. */
const after = (late: readonly Entry[], first: Verdict = 'pass', deviations: readonly Deviation[] = []) =>
  foldRecord([
    runStart([times, frames], clauses, { profile: 'smoke' }, deviations),
    exchange({ clause: 'CFG-TIME' }),
    ...ran(times, first, first === 'pass' ? undefined : 'AT: 500 to 501 ms'),
    ...ran(frames, 'pass'),
    ...late,
    runEnd,
  ]);
const shown = (record: ReturnType<typeof after>) => ({
  exitCode: record.exitCode,
  tests: record.tests.map(({ verdict }) => verdict),
  clauses: record.clauses.map(({ verdict }) => verdict),
  timing: record.timing.map(({ verdict }) => verdict),
});

describe('what is seen after the last test', () => {
  test('changes nothing if every answer was in time', () => {
    const record = after([exchange({ clause: 'CFG-TIME' })]);
    expect(shown(record)).toEqual({
      exitCode: 0,
      tests: ['pass', 'pass'],
      clauses: ['pass', 'pass'],
      timing: ['pass'],
    });
    expect(record.tests[0]).not.toHaveProperty('reason');
  });

  test('fails the clause that limits the time, in exit code, test and statement', () => {
    const record = after([slow]);
    expect(shown(record)).toEqual({
      exitCode: 1,
      tests: ['fail', 'pass'],
      clauses: ['fail', 'pass'],
      timing: ['fail'],
    });
    expect(record.tests[0]?.reason).toMatch(/after the last test.*:\nAT\+QDMPCFG=4,1: 450.0 to 452.0 ms$/);
  });

  test('leaves it undecided if the answer was too close to the limit', () => {
    expect(shown(after([near]))).toMatchObject({ exitCode: 4, tests: ['inconclusive', 'pass'] });
    expect(shown(after([near, slow]))).toMatchObject({ exitCode: 1, tests: ['fail', 'pass'] });
  });

  test('fails the clauses of the line', () => {
    const record = after([unframed]);
    expect(shown(record)).toMatchObject({ exitCode: 1, tests: ['pass', 'fail'] });
    expect(record.tests[1]?.reason).toContain('AT was answered OK');
  });

  test('is added to what had been seen before', () => {
    const { tests } = after([slow], 'fail');
    expect(tests[0]?.reason).toMatch(/^AT: 500 to 501 ms\nseen after/);
  });

  test.each(['not-run', 'rig-error'] as const)('does not change a test that ended as %s', (verdict) => {
    expect(shown(after([slow], verdict)).tests).toEqual([verdict, 'pass']);
  });

  test('is observed if it is a known deviation', () => {
    const known = { clause: 'AT-FRAME', reason: 'r', reference: 'f', expires: '2099-01-01' };
    const record = after([unframed], 'pass', [known]);
    expect(shown(record)).toMatchObject({ exitCode: 0, tests: ['pass', 'observed'] });
    expect(record.deviations[0]?.seenBy).toEqual([frames.name]);
  });

  test('shows the first ten of many', () => {
    const lines = after(Array.from({ length: 25 }, () => slow)).tests[0]?.reason?.split('\n');
    expect(lines).toHaveLength(12);
    expect(lines?.at(-1)).toBe('and 15 more');
  });
});

describe('what is seen before it', () => {
  test('is for the test to judge', () => {
    const { tests } = foldRecord([runStart([times], clauses), slow, ...ran(times, 'pass'), runEnd]);
    expect(tests[0]?.verdict).toBe('pass');
  });
});

test('of a time that no chosen clause limits there is no verdict', () => {
  const [limit, ...others] = clauses;
  const record = foldRecord([
    runStart([times, frames], [{ ...limit!, unselected: true }, ...others], { profile: 'smoke' }),
    slow,
    ...ran(times, 'not-run', 'not selected by --clause'),
    ...ran(frames, 'pass'),
    slow,
    runEnd,
  ]);
  expect(record.timing).toMatchObject([{ over: 2, verdict: null, unselected: true }]);
  expect(record.exitCode).toBe(0);
});
