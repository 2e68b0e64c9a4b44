import { jest } from '@jest/globals';

import { type ForeignBoard, startForeignBoard } from './foreign-board.fixture.ts';
import { start, untilPrinted } from './qualify.fixture.ts';

jest.setTimeout(180_000);

let board: ForeignBoard;
beforeAll(async () => {
  board = await startForeignBoard();
});
afterAll(() => board.end());

/** Writes a rig file whose module takes `bootMs` to boot. */
const booting = (name: string, bootMs: number, module: Record<string, string>): string =>
  board.rig(
    name,
    { on: `[sh, -c, '(echo set bootMs ${bootMs}; echo on) > ${board.moduleDir}/control']` },
    module,
  );

describe('at, stopped', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('by %s once the board is on, puts it at rest', async (signal, exitCode) => {
    // Longer than the test lasts, so that the signal always comes while the module boots.
    const rig = booting(signal, 120_000, { bootDeadlineMs: '120000' });
    const child = start(['at', '--rig', rig, 'AT+QDMPCFG?'], board.env());
    await board.on();
    child.kill(signal);
    const ended = await child;
    expect(ended).toMatchObject({ exitCode, stdout: '' });
    await board.off();
  });

  test('right after a save, says that it may be lost', async () => {
    // Long, so that the signal comes before the save is durable.
    const rig = booting('saving', 300, { durableMs: '60000' });
    const child = start(['at', '--rig', rig, 'AT+QDMPCFG=1,192.0.2.9,5701,86400'], board.env());
    await untilPrinted(child.stdout, 'OK');
    child.kill('SIGINT');
    const ended = await child;
    expect(ended.exitCode).toBe(130);
    expect(ended.stderr).toMatch(/^AT\+QDMPCFG=1,… may not be durable: .* 60000 ms \(module\.durableMs\)/);
    await board.off();
  });
});
