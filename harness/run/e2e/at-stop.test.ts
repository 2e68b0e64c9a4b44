import { jest } from '@jest/globals';

import { type OwnBench, startOwnBench } from './foreign-board.fixture.ts';
import { said, start } from './qualify.fixture.ts';

jest.setTimeout(180_000);

let own: OwnBench;
beforeAll(async () => {
  own = await startOwnBench();
});
afterAll(() => own.end());

/** A rig whose module takes so long to boot once it is on. */
const booting = (name: string, bootMs: number, module: Record<string, string>): string =>
  own.rig(
    name,
    { on: `[sh, -c, '(echo set bootMs ${bootMs}; echo on) > ${own.moduleDir}/control']` },
    module,
  );

describe('at, stopped', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('by %s once the board is on, puts it at rest', async (signal, exitCode) => {
    // Longer than the test lasts: the module is still booting, and waited for, whenever the signal comes.
    const rig = booting(signal, 120_000, { bootDeadlineMs: '120000' });
    const child = start(['at', '--rig', rig, 'AT+QDMPCFG?'], own.env());
    await own.on();
    child.kill(signal);
    const ended = await child;
    expect(ended).toMatchObject({ exitCode, stdout: '' });
    await own.off();
  });

  test('right after a save, says that it may be lost', async () => {
    // As long as that may be, since the signal is to come before it is over.
    const rig = booting('saving', 300, { durableMs: '60000' });
    const child = start(['at', '--rig', rig, 'AT+QDMPCFG=1,192.0.2.9,5701,86400'], own.env());
    await said(child.stdout, 'OK');
    child.kill('SIGINT');
    const ended = await child;
    expect(ended.exitCode).toBe(130);
    expect(ended.stderr).toMatch(/^AT\+QDMPCFG=1,… may not be durable: .* 60000 ms \(module\.durableMs\)/);
    await own.off();
  });
});
