import { elapse } from './fake-at.fixture.ts';
import { fakeBench } from './fake-bench.fixture.ts';
import { restartByCommand } from './soft-reset.ts';

describe('a restart by a typed command', () => {
  test('is announced while it lasts, and takes until the module is set up', async () => {
    const bench = fakeBench();
    const expected: boolean[] = [];
    bench.at.onBoot((boot) => expected.push(boot.expected));
    const ms = await elapse(bench.clock, restartByCommand(bench, 'AT+QRST=1'));
    expect(ms).toBeGreaterThanOrEqual(1_500);
    expect(bench.at.commands.at(-1)).toBe('AT+CEDRXS?');
    bench.at.boot();
    expect(expected).toEqual([true, false]);
  });

  test.each([
    ['does not come back', 'BOOT_TIMEOUT', { bootMs: 60_000 }],
    ['cannot be set up', 'AT_REFUSED', { replies: { 'AT+CMEE=1': ['ERROR'] } }],
  ])('that %s leaves no boot announced', async (_, code, board) => {
    const bench = fakeBench(board);
    const restart = restartByCommand(bench, 'AT+QRST=1');
    await expect(elapse(bench.clock, restart)).rejects.toMatchObject({ code });
    const expected: boolean[] = [];
    bench.at.onBoot((boot) => expected.push(boot.expected));
    bench.at.boot();
    expect(expected).toEqual([false]);
  });
});
