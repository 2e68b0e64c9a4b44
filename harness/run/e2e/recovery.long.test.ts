import { writeFileSync } from 'node:fs';
import path from 'node:path';

import { jest } from '@jest/globals';

import { startForeignBoard } from './foreign-board.fixture.ts';
import { recordIn, run, start, traceIn, untilPrinted, workFolder } from './qualify.fixture.ts';

// A module that hangs costs 5 s for the unanswered command and some seconds for each rung, several times per run.
jest.setTimeout(240_000);

const folder = workFolder();
afterAll(() => folder.end());

/** An emulated board whose rungs are given up after 3 s, ten times its boot time. */
const rig = folder.file(
  'wedging.yaml',
  [
    'name: wedging',
    'control: { driver: emulator, settings: { bootMs: 300 } }',
    "module: { imei: '863703030822519', firmware: BC26NBR01A07, bootDeadlineMs: 3000 }",
  ].join('\n'),
);

/** The first recovery in the trace: each rung with its result. */
function firstClimb(dir: string): Record<string, unknown>[] {
  const notes = traceIn(dir).filter(({ kind }) => kind === 'recovery');
  const end = notes.findIndex(({ helped, rung }) => helped === true || rung === 'supply-cut');
  return notes.slice(0, end + 1).map(({ rung, helped, because }) => ({ rung, helped, because }));
}

const inVain = (...rungs: string[]) => rungs.map((rung) => ({ rung, helped: false, because: 'AT_TIMEOUT' }));

describe('a module that wedges in the middle of a run', () => {
  const gentle = ['re-sync', 'drain', 'soft-reset'];

  test.each([
    ['wedges', gentle, 'reset-pin'],
    ['commands-hang', ['re-sync', 'drain'], 'soft-reset'],
    ['wedges-past-reset', [...gentle, 'reset-pin', 'power-cycle'], 'supply-cut'],
  ])('is brought back where that helps, and judged on (%s)', async (fault, vain, rung) => {
    const dir = path.join(folder.dir, fault);
    const chosen = ['--profile', 'smoke', '--clause', 'CFG-QUERY-*,AT-*,BOOT-*', '--fault', fault];
    const ended = await run(['qualify', '--rig', rig, ...chosen, '--seed', '3', '--out', dir]);
    expect(firstClimb(dir)).toEqual([...inVain(...vain), { rung, helped: true, because: 'AT_TIMEOUT' }]);
    const { tests, problems, silences } = recordIn(dir);
    expect(problems).toEqual([]);
    const verdicts = tests.map(({ verdict }) => verdict);
    // No single command silences it: the first silence is flaky, and the next one fails.
    const wedged = verdicts.indexOf('flaky');
    expect(tests[wedged]?.reason).toContain('AT_TIMEOUT');
    expect(verdicts.slice(wedged + 1)).toContain('pass');
    expect(silences.slice(0, 2).map(({ verdict }) => verdict)).toEqual(['flaky', 'fail']);
    expect(verdicts).not.toContain('rig-error');
    expect(ended.exitCode).toBe(1);
  });

  test('and that nothing brings back has failed, and the rest is not run', async () => {
    const dir = path.join(folder.dir, 'for-ever');
    const chosen = ['--profile', 'smoke', '--clause', 'CFG-QUERY-*', '--fault', 'wedges-for-ever'];
    const ended = await run(['qualify', '--rig', rig, ...chosen, '--seed', '3', '--out', dir]);
    const vain = [...gentle, 'reset-pin', 'power-cycle', 'supply-cut'];
    expect(firstClimb(dir)).toEqual(inVain(...vain));
    const { tests, problems } = recordIn(dir);
    expect(problems).toMatchObject([
      {
        kind: 'module-error',
        code: 'MODULE_SILENCED',
        message: expect.stringContaining('port, power and reset work') as string,
        remedy: expect.stringMatching(/what it held before, as .*AT\+QDMPCFG=/) as string,
      },
    ]);
    const failed = tests.findIndex(({ verdict }) => verdict === 'fail');
    expect(tests[failed]?.reason).toContain('AT_TIMEOUT');
    const after = tests.slice(failed + 1).filter(({ clauses }) => !clauses.includes('INPUT-ALIVE'));
    expect(after.some(({ reason }) => reason?.startsWith('MODULE_SILENCED'))).toBe(true);
    expect(after.every(({ verdict }) => verdict === 'not-run')).toBe(true);
    expect(ended.stdout.trimStart()).toMatch(/^INPUT-ALIVE failed: the module falls silent after AT/);
    expect(ended.exitCode).toBe(1);
  });
});

describe('a module that is exchanged in the middle of a run', () => {
  test('voids the run at the end check, also when a test had failed', async () => {
    const board = await startForeignBoard();
    const control = path.join(board.moduleDir, 'control');
    try {
      writeFileSync(control, 'fault query-server-wrong\n');
      // These clauses come after the first failure, so that the run goes on until the module is exchanged.
      const clauses = 'CFG-QUERY-*,CFG-ERASE-*,EX-*';
      const chosen = ['--profile', 'smoke', '--clause', clauses, '--out', board.out('exchanged')];
      const qualify = start(['qualify', '--rig', board.rig('exchanged'), ...chosen], board.env());
      await untilPrinted(qualify.stderr, 'fail');
      writeFileSync(control, 'set revision BC26NBR01A08\n');
      const ended = await qualify;
      const { tests, problems, messages } = recordIn(board.out('exchanged'));
      expect(problems).toMatchObject([{ kind: 'rig-error', code: 'IDENTITY_MISMATCH' }]);
      expect(new Set(tests.map(({ verdict }) => verdict))).toEqual(new Set(['rig-error', 'not-run']));
      expect(messages).toContainEqual(expect.stringContaining('nothing was restored'));
      expect(ended.exitCode).toBe(3);
    } finally {
      await board.end();
    }
  });
});
