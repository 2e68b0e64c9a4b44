import type { Deviation, Entry } from './entry.ts';
import { clauseFacts, planned, portGone, ran, runEnd, runStart } from './example-run.fixture.ts';
import { foldRecord } from './fold-record.ts';
import { runRecord } from './record.ts';

const one = planned('one', 'CFG-A');
const open = planned('open', 'CFG-U');
const left = planned('left', 'CFG-A');
const alive = { ...planned('no input silenced the module', 'INPUT-ALIVE'), hindsight: true };
const clauses = [clauseFacts('CFG-A', 'S'), clauseFacts('CFG-U', 'U'), clauseFacts('INPUT-ALIVE', 'I')];

const works = (part: 'power' | 'reset'): Entry => ({ type: 'wiring', part, state: 'works' });
const noReset: Entry = { type: 'wiring', part: 'reset', state: 'absent' };
const sound = [works('power'), works('reset')];

const attempt = { verdict: 'fail', durationMs: 1, trace: [1, 2] } as const;
const end = { type: 'test-end', name: one.name, verdict: 'fail', durationMs: 2, trace: [1, 4] } as const;
const twice: Entry = { ...end, attempts: [attempt, attempt] };
const proven: Entry = { ...end, confirmed: true };
const once: Entry = { ...end, reason: 'not run again: ABORTED' };
const ofObservation: Entry = { ...proven, name: open.name };

const fold = (...entries: Entry[]) => foldRecord([runStart([one, open, left], clauses), ...entries, runEnd]);

describe('a failure that was judged before the rig failed', () => {
  test.each([
    ['came twice, power and reset were seen to work', 1, [...sound, twice]],
    ['is proven by one occurrence', 1, [...sound, proven]],
    ['on a board without a reset line', 1, [works('power'), noReset, twice]],
    ['was not run again', 3, [...sound, once]],
    ['came twice, but no reset was seen to work', 3, [works('power'), twice]],
    ['came twice, but no power-on was seen to work', 3, [noReset, twice]],
    ['is of a clause on which the note is silent', 3, [...sound, ofObservation]],
  ] as const)('%s: exit code %i', (_name, code, entries) => {
    const record = fold(...entries, portGone);
    expect(record.exitCode).toBe(code);
    expect(record.tests.some(({ verdict }) => verdict === 'fail')).toBe(true);
    expect(record.problems).toMatchObject([{ kind: 'rig-error', code: 'PORT_GONE' }]);
    expect(runRecord.parse(record)).toEqual(record);
  });

  test.each([
    [{ type: 'usage-error', code: 'USAGE', message: 'wrong' }, 2],
    [{ type: 'interrupted', signal: 'SIGINT' }, 130],
    [{ type: 'interrupted', signal: 'SIGTERM' }, 143],
  ] as const)('comes after %j: exit code %i', (ending, code) => {
    expect(fold(...sound, twice, portGone, ending).exitCode).toBe(code);
  });

  test('is void where another module was found', () => {
    const other: Entry = { type: 'rig-error', code: 'IDENTITY_MISMATCH', message: 'another module' };
    expect(fold(...sound, twice, other).exitCode).toBe(3);
  });
});

describe('a module that fell silent', () => {
  const silent = (verdict: 'fail' | 'flaky'): Entry => ({
    type: 'silence',
    verdict,
    input: 'AT+QDMPCFGEX=3,1',
    text: 'the module falls silent after AT+QDMPCFGEX=3,1',
  });
  const dead: Entry = { type: 'module-error', code: 'MODULE_SILENCED', message: 'nothing brings it back' };
  const unselected = [clauses[0]!, { ...clauses[2]!, unselected: true }];
  const skipped = ran(alive, 'not-run', 'not selected by --clause');
  const run = (chosen: typeof clauses, ...entries: Entry[]) =>
    foldRecord([runStart([one, alive], chosen), ...ran(one, 'pass'), ...entries, runEnd]);
  const shown = ({ exitCode, tests, clauses: judged }: ReturnType<typeof foldRecord>) => ({
    exitCode,
    test: tests[1]?.verdict,
    clause: judged.find(({ id }) => id === 'INPUT-ALIVE')?.verdict,
  });

  test.each([
    ['fail', 1],
    ['flaky', 4],
  ] as const)('is judged (%s) whether its clause was selected or not', (verdict, exitCode) => {
    const record = run(unselected, silent(verdict), ...skipped);
    expect(shown(record)).toEqual({ exitCode, test: verdict, clause: verdict });
    expect(record.tests[1]?.reason).toBe(
      'seen in this run: expected none, got 1:\nthe module falls silent after AT+QDMPCFGEX=3,1',
    );
    expect(record.silences).toHaveLength(1);
    expect(runRecord.parse(record)).toEqual(record);
  });

  test('while it is restored, after the test that judges the whole run', () => {
    const record = run(clauses, ...ran(alive, 'pass'), silent('fail'));
    expect(shown(record)).toEqual({ exitCode: 1, test: 'fail', clause: 'fail' });
  });

  test('is counted once where the test has judged it itself', () => {
    const record = run(clauses, silent('fail'), ...ran(alive, 'fail', 'it fell silent'));
    expect(record.tests[1]?.reason).toBe('it fell silent');
  });

  test('before the first test, for ever: the run ends early, and the module has failed', () => {
    const record = foldRecord([runStart([one, alive], clauses), ...sound, silent('fail'), dead, runEnd]);
    expect(shown(record)).toEqual({ exitCode: 1, test: 'fail', clause: 'fail' });
    expect(record).toMatchObject({ state: 'failed', problems: [{ kind: 'module-error' }] });
    expect(record.tests[0]).toMatchObject({
      verdict: 'not-run',
      reason: 'MODULE_SILENCED: nothing brings it back',
    });
  });

  test('before the rig failed', () => {
    expect(shown(run(clauses, ...sound, silent('fail'), portGone)).exitCode).toBe(1);
    expect(shown(run(clauses, silent('fail'), portGone)).exitCode).toBe(3);
  });

  test('is observed where that is a known deviation', () => {
    const deviation: Deviation = {
      clause: 'INPUT-ALIVE',
      reason: 'known',
      reference: 'ticket 1',
      expires: '2099-01-01',
    };
    const entries = [...ran(one, 'pass'), silent('fail'), ...skipped, runEnd];
    const record = foldRecord([runStart([one, alive], clauses, {}, [deviation]), ...entries]);
    expect(shown(record)).toEqual({ exitCode: 0, test: 'observed', clause: 'observed' });
  });
});
