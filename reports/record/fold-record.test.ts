import type { Entry } from './entry.ts';
import { clauseFacts, exchange, planned, portGone, ran, runEnd, runStart } from './example-run.fixture.ts';
import { createFold, foldRecord } from './fold-record.ts';
import { runRecord } from './record.ts';
import type { Verdict } from './verdict.ts';

const one = planned('one', 'CFG-A');
const two = planned('two', 'CFG-A', 'CFG-B');
const silent = planned('silent', 'CFG-U');
const clauses = [
  clauseFacts('CFG-A', 'S'),
  clauseFacts('CFG-B', 'I'),
  clauseFacts('CFG-U', 'U'),
  clauseFacts('CFG-NOBODY', 'S'),
];

const verdictsOf = (entries: Entry[]) =>
  Object.fromEntries(foldRecord(entries).clauses.map(({ id, verdict }) => [id, verdict]));

const finished = (first: Verdict, second: Verdict, third: Verdict = 'observed', profile = 'nightly') =>
  foldRecord([
    runStart([one, two, silent], clauses, { profile }),
    ...ran(one, first),
    ...ran(two, second),
    ...ran(silent, third),
    runEnd,
  ]);

describe('the record of a run', () => {
  test('is what its schema says', () => {
    const record = finished('pass', 'fail');
    expect(runRecord.parse(record)).toEqual(record);
  });

  test('gives each clause the verdict of the tests that judge it', () => {
    const entries = [runStart([one, two], clauses), ...ran(one, 'pass'), ...ran(two, 'fail'), runEnd];
    expect(verdictsOf(entries)).toEqual({
      'CFG-A': 'fail',
      'CFG-B': 'fail',
      'CFG-U': 'not-run',
      'CFG-NOBODY': 'not-run',
    });
    expect(foldRecord(entries).clauses[0]?.tests).toEqual([one.name, two.name]);
  });

  test.each([
    ['pass', 'observed'],
    ['observed', 'observed'],
    ['fail', 'inconclusive'],
    ['rig-error', 'rig-error'],
    ['not-run', 'not-run'],
  ] as const)(
    'never fails a clause on which the note is silent: a test with %s makes it %s',
    (is, becomes) => {
      const entries = [runStart([silent], clauses), ...ran(silent, is), runEnd];
      expect(verdictsOf(entries)['CFG-U']).toBe(becomes);
    },
  );

  describe('of some clauses', () => {
    const left = clauses.map((clause) => (clause.id === 'CFG-A' ? clause : { ...clause, unselected: true }));
    const chosen = (second: Verdict) =>
      foldRecord([runStart([one, two], left), ...ran(one, 'pass'), ...ran(two, second), runEnd]);

    test('gives no verdict to the others, even where a test judges both', () => {
      const record = chosen('pass');
      expect(runRecord.parse(record)).toEqual(record);
      expect(record.clauses.map(({ verdict }) => verdict)).toEqual(['pass', 'not-run', 'not-run', 'not-run']);
      expect(record.clauses.map(({ unselected }) => unselected)).toEqual([undefined, true, true, true]);
      expect(record.exitCode).toBe(0);
    });

    test('fails by the clauses chosen alone', () => {
      const both = planned('both', 'CFG-A', 'CFG-U');
      const failing = (...unselected: string[]) =>
        foldRecord([
          runStart(
            [both],
            clauses.map((clause) =>
              unselected.includes(clause.id) ? { ...clause, unselected: true } : clause,
            ),
          ),
          ...ran(both, 'fail'),
          runEnd,
        ]);
      expect(chosen('fail').exitCode).toBe(1);
      expect(failing('CFG-U').exitCode).toBe(1);
      expect(failing('CFG-A').exitCode).toBe(4);
    });
  });

  test('counts what happened', () => {
    const record = foldRecord([
      runStart([], clauses),
      { type: 'identity', imei: '863703030822519', revision: 'BC26NBR01A07' },
      exchange(),
      exchange({ kind: 'write', nvramWrite: true }),
      { type: 'reboot', kind: 'soft', bootMs: 1_600 },
      { type: 'bytes', in: 10, out: 4 },
      { type: 'bytes', in: 200, out: 40 },
      { type: 'message', text: 'hello' },
      runEnd,
    ]);
    expect(record.counters).toEqual({ exchanges: 2, reboots: 1, nvramWrites: 1, bytesIn: 200, bytesOut: 40 });
    expect(record.module).toEqual({ imei: '863703030822519', revision: 'BC26NBR01A07' });
    expect(record.messages).toEqual(['hello']);
    expect(record.durationMs).toBe(71_234);
  });

  test('keeps every different value of an observation, under any key', () => {
    const saw = (key: string, value: string): Entry => ({ type: 'observation', key, value });
    const { observations } = foldRecord([
      runStart([], clauses),
      saw('=3', 'ERROR'),
      saw('=3', 'OK'),
      saw('=3', 'ERROR'),
      saw('__proto__', 'x'),
    ]);
    expect(Object.entries(observations)).toEqual([
      ['=3', 'ERROR | OK'],
      ['__proto__', 'x'],
    ]);
  });

  test('takes file and title of an unplanned test from its name', () => {
    const extra = planned('extra › part');
    const { tests } = foldRecord([runStart([], clauses), ...ran(extra, 'pass'), runEnd]);
    expect(tests).toEqual([
      expect.objectContaining({ file: 'server.suite.ts', title: 'extra › part', clauses: [] }),
    ]);
  });

  test('cannot be made before the run has started', () => {
    expect(() => createFold().record()).toThrow(
      expect.objectContaining({ code: 'RECORD_UNREADABLE' }) as Error,
    );
  });
});

describe('a run that goes on', () => {
  test('has no exit code, and its remaining tests are not-run', () => {
    const fold = createFold();
    fold.add(runStart([one, two], clauses));
    for (const entry of ran(one, 'pass')) fold.add(entry);
    expect(fold.record()).toMatchObject({ state: 'running', exitCode: null, durationMs: null });
    expect(fold.record().tests.map(({ verdict }) => verdict)).toEqual(['pass', 'not-run']);
    for (const entry of [...ran(two, 'pass'), runEnd]) fold.add(entry);
    expect(fold.record()).toMatchObject({ state: 'complete', exitCode: 0 });
  });
});

test('a run does not wait for a test that it leaves out, and says why', () => {
  const source = { file: 'suites/server.suite.ts', line: 7 };
  const leftOut = { ...two, leftOut: 'not part of profile smoke', source };
  const record = foldRecord([runStart([one, leftOut], clauses), ...ran(one, 'pass'), runEnd]);
  expect(record).toMatchObject({
    state: 'complete',
    tests: [
      { verdict: 'pass' },
      { verdict: 'not-run', reason: 'not part of profile smoke', leftOut: true, source },
    ],
  });
});

describe('a run that was cut', () => {
  const begun = [runStart([one, two], clauses), { type: 'test-start', name: one.name } as const];
  const ends = (entries: Entry[]) => {
    const { state, exitCode, tests } = foldRecord([...begun, ...entries, runEnd]);
    return { state, exitCode, tests: tests.map(({ verdict, reason }) => [verdict, reason]) };
  };

  test('by a rig that failed: the running test could not be judged, the rest was not run', () => {
    expect(ends([portGone])).toEqual({
      state: 'failed',
      exitCode: 3,
      tests: [
        ['rig-error', 'PORT_GONE: the port vanished'],
        ['not-run', 'PORT_GONE: the port vanished'],
      ],
    });
  });

  test('by a signal: nothing is said of the running test, whatever broke on the way out', () => {
    expect(ends([portGone, { type: 'interrupted', signal: 'SIGTERM' }])).toEqual({
      state: 'interrupted',
      exitCode: 143,
      tests: [
        ['not-run', 'the run was interrupted: SIGTERM'],
        ['not-run', 'the run was interrupted: SIGTERM'],
      ],
    });
  });

  test('for an unknown reason: never green', () => {
    expect(ends([])).toEqual({
      state: 'failed',
      exitCode: 3,
      tests: [
        ['rig-error', 'the suites ended during this test'],
        ['not-run', 'the suites ended before this test'],
      ],
    });
  });
});

describe('the exit code', () => {
  test.each([
    ['pass', 'pass', 0],
    ['pass', 'observed', 0],
    ['pass', 'not-run', 0],
    ['pass', 'fail', 1],
    ['inconclusive', 'fail', 1],
    ['rig-error', 'fail', 3],
    ['pass', 'inconclusive', 4],
    ['pass', 'flaky', 4],
  ] as const)('after %s and %s is %i', (first, second, code) => {
    expect(finished(first, second).exitCode).toBe(code);
  });

  test('is 4 when nothing was judged at all', () => {
    expect(finished('not-run', 'not-run', 'not-run').exitCode).toBe(4);
  });

  test('is 4 when a test of a U clause fails', () => {
    expect(finished('pass', 'pass', 'fail').exitCode).toBe(4);
  });

  test('is 4 when a release leaves a stated clause out', () => {
    expect(finished('pass', 'pass', 'observed', 'release').exitCode).toBe(4);
    const all = clauses.filter(({ id }) => id !== 'CFG-NOBODY');
    const entries = [
      runStart([one, two], all, { profile: 'release' }),
      ...ran(one, 'pass'),
      ...ran(two, 'pass'),
    ];
    expect(foldRecord([...entries, runEnd]).exitCode).toBe(0);
  });

  const usage: Entry = { type: 'usage-error', code: 'CREDENTIALS_AT_RISK', message: 'a key would be lost' };
  test.each([
    [[usage, portGone], 2],
    [[portGone], 3],
    [[usage, { type: 'interrupted', signal: 'SIGINT' }], 130],
    [[{ type: 'interrupted', signal: 'SIGHUP' }], 143],
  ] as [Entry[], number][])('with problems %j is %i, failures or not', (problems, code) => {
    const entries = [runStart([one], clauses), ...ran(one, 'fail'), ...problems, runEnd];
    expect(foldRecord(entries).exitCode).toBe(code);
  });
});
