import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { jest } from '@jest/globals';

import { type ForeignBoard, startForeignBoard } from './foreign-board.fixture.ts';
import { junitIn, recordIn, run, start, traceIn, untilPrinted } from './qualify.fixture.ts';

jest.setTimeout(180_000);

let board: ForeignBoard;
beforeAll(async () => {
  board = await startForeignBoard();
});
afterAll(() => board.end());

const out = (name: string): string => board.out(name);
const rigFile: ForeignBoard['rig'] = (...options) => board.rig(...options);
const env = (): Record<string, string> => board.env();
describe('qualify on a board that other programs drive', () => {
  test('passes the smoke profile, and never writes the private key down', async () => {
    // Answer times are left out: on this board a late machine cannot be told from a late module.
    const clauses = 'CFG-READ*,CFG-SAVE-*,CFG-QUERY-*,CFG-ERASE-*,CFG-MASK,CFG-APPLY,CFG-PERSIST,EX-SAVE-*';
    const selected = ['--profile', 'smoke', '--clause', clauses, '--out', out('mine')];
    const ended = await run(['qualify', '--rig', rigFile('mine'), ...selected], env());
    expect(ended).toMatchObject({ exitCode: 0 });
    const record = recordIn(out('mine'));
    expect(record).toMatchObject({ driver: 'command', emulated: false, state: 'complete' });
    expect(record.ownShare).toMatchObject({ measurable: false });
    for (const file of ['run.json', 'junit.xml', 'trace.jsonl', 'log.jsonl', 'jest.log']) {
      expect(readFileSync(path.join(out('mine'), file), 'latin1')).not.toContain('ownBench');
    }
    await board.off();
  });

  test('refuses a second run at the same time, and names the first', async () => {
    const rig = rigFile('shared');
    const first = start(['qualify', '--rig', rig, '--profile', 'smoke', '--out', out('first')], env());
    await untilPrinted(first.stderr, 'module 8637');
    const second = await run(['qualify', '--rig', rig, '--wait', '0', '--out', out('second')], env());
    expect(second.exitCode).toBe(3);
    expect(second.stderr).toContain('RIG_BUSY');
    expect(second.stderr).toContain(String(first.pid));
    first.kill('SIGTERM');
    expect((await first).exitCode).toBe(143);
    const third = await run(['rest', '--rig', rig], env());
    expect(third).toMatchObject({ exitCode: 0 });
  });

  test.each([
    ['missing', () => ({ serial: '{ path: /dev/ttyNOWHERE }' }), 'RIG_UNSOUND'],
    ['silent', () => ({ on: "['true']" }), 'BOOT_TIMEOUT'],
    ['unswitchable', () => ({ on: "['false']" }), 'CONTROL_FAILED'],
  ] as const)('ends 3 when the board is %s, and says what to do', async (name, change, code) => {
    const ended = await run(['qualify', '--rig', rigFile(name, change()), '--out', out(name)], env());
    expect(ended.exitCode).toBe(3);
    expect(ended.ms).toBeLessThan(120_000);
    expect(ended.stdout).toContain(code);
    const record = recordIn(out(name));
    expect(record.problems[0]?.remedy).toEqual(expect.any(String));
    expect(record.tests.every(({ verdict, reason }) => verdict === 'not-run' && reason !== undefined)).toBe(
      true,
    );
    expect(junitIn(out(name))).toContain('<error');
  });

  test('ends 3 when another program has the device', async () => {
    const holder = spawn('flock', ['-n', board.device, 'sh', '-c', 'echo locked; sleep 3600'], {
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    });
    const ended = once(holder, 'close');
    try {
      await untilPrinted(holder.stdout, 'locked');
      const smoke = ['--profile', 'smoke', '--out', out('held')];
      const refused = await run(['qualify', '--rig', rigFile('held'), ...smoke], env());
      expect(refused.exitCode).toBe(3);
      expect(refused.stdout).toContain('PORT_BUSY');
      expect(traceIn(out('held')).some(({ source }) => source === 'uart.tx')).toBe(false);
    } finally {
      process.kill(-holder.pid!, 'SIGKILL');
      await ended;
    }
  });

  test('`at` speaks to it, and leaves it at rest', async () => {
    const ended = await run(['at', '--rig', rigFile('at'), 'ATI', 'AT+QDMPCFG=4,7'], env());
    expect(ended.stdout).toMatch(/Revision: BC26NBR01A07\nOK.*\nAT\+QDMPCFG=4,7\n(ERROR|\+CME ERROR: \d+)/);
    expect(ended.exitCode).toBe(1);
    await board.off();
  });
});
