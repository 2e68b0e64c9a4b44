import { elapse } from './fake-at.fixture.ts';
import { type FakeBench, fakeBench } from './fake-bench.fixture.ts';
import { reboot, type RebootKind } from './reboot.ts';
import { start } from './start.ts';
import { climb, wedged } from './wedged-bench.fixture.ts';

const identity = { imei: '863703030822519', revision: 'BC26NBR01A07' };
const spaced = (bench: FakeBench, said: string[] = []): FakeBench => ({
  ...bench,
  timing: { ...bench.timing, rebootIntervalMs: 10_000 },
  say: (text) => said.push(text),
});
const go = (bench: FakeBench, kind: RebootKind, signal?: AbortSignal) => {
  const before = { text: true, bootMs: 1_500 };
  return elapse(bench.clock, reboot(bench, kind, { identity, cutSince: 0n, cutAfterMs: 0, before, signal }));
};
const actsAt = (bench: FakeBench): number[] => bench.acts.map(({ ms }) => Math.round(ms));

describe('the least time between two boots', () => {
  test('is waited for from the last boot on, and said', async () => {
    const said: string[] = [];
    const bench = spaced(fakeBench(), said);
    await elapse(bench.clock, start(bench));
    const first = actsAt(bench).at(-1) ?? 0;
    const { bootMs } = await go(bench, 'reset-pin');
    expect(actsAt(bench).at(-1)).toBe(first + 10_000);
    // The wait is none of the boot's.
    expect(bootMs).toBeLessThan(2_500);
    expect(said).toEqual([expect.stringMatching(/^waiting [78]\.\d s before the next reboot/)]);
    expect(bench.trace.lines.map(({ body }) => body.text)).toContainEqual(said[0]);
  });

  test('does not delay a boot that comes later anyway, nor the first', async () => {
    const said: string[] = [];
    const bench = spaced(fakeBench(), said);
    await elapse(bench.clock, start(bench));
    expect(bench.clock.now()).toBeLessThan(3_000_000_000n);
    bench.clock.advance(12_000);
    await go(bench, 'soft');
    expect(said).toEqual([]);
  });

  test('ends with the caller, and nothing is booted', async () => {
    const bench = spaced(fakeBench());
    await elapse(bench.clock, start(bench));
    const already = bench.acts.length;
    const stop = new AbortController();
    bench.clock.after(2_000, () => stop.abort());
    await expect(go(bench, 'reset-pin', stop.signal)).rejects.toMatchObject({ code: 'ABORTED' });
    expect(bench.acts).toHaveLength(already);
    expect(bench.clock.now()).toBeLessThan(5_000_000_000n);
  });

  test('is kept by a recovery, too', async () => {
    const bench = spaced(wedged('off'));
    await climb(bench);
    const boots = bench.acts.filter(({ act }) => act !== 'off').map(({ ms }) => ms);
    expect(boots.length).toBeGreaterThan(1);
    boots.slice(1).forEach((ms, index) => expect(ms - boots[index]!).toBeGreaterThanOrEqual(10_000));
  });
});
