import { bringUp } from './bring-up.ts';
import { elapse } from './fake-at.fixture.ts';
import { fakeBench } from './fake-bench.fixture.ts';

const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'resolved',
    (error: { code: string }) => error.code,
  );

describe('bringing up', () => {
  test('asks AT until the module answers, then sets it up and reads its identity', async () => {
    const bench = fakeBench({ on: false });
    const trigger = bench.clock.now();
    await bench.control.on();
    const { bootMs, identity } = await elapse(bench.clock, bringUp(bench, trigger));
    expect(identity).toEqual({ imei: '863703030822519', revision: 'BC26NBR01A07' });
    // The module listens after 1.5 s; the next AT goes out within 300 ms and is answered in 10.
    expect(bootMs).toBeGreaterThanOrEqual(1_500);
    expect(bootMs).toBeLessThanOrEqual(1_900);
    const afterSync = bench.at.commands.slice(bench.at.commands.lastIndexOf('AT') + 1);
    expect(afterSync).toEqual([
      'ATE0',
      'AT+CMEE=1',
      'AT+CGSN=1',
      'AT+CGMR',
      'AT+QSCLK=0',
      'AT+CPSMS?',
      'AT+CEDRXS?',
    ]);
  });

  test.each([
    ['another IMEI', { imei: '863703030822520' }],
    ['another firmware', { firmware: 'BC26NBR01A08' }],
  ])("leaves a module's power saving as it is where the rig file names %s", async (_, guard) => {
    const bench = { ...fakeBench({ on: true }), guard };
    await elapse(bench.clock, bringUp(bench, bench.clock.now()));
    expect(bench.at.commands).toEqual(['AT', 'ATE0', 'AT+CMEE=1', 'AT+CGSN=1', 'AT+CGMR']);
  });

  test('gives up at the hard deadline and names port, baud and what to check', async () => {
    const bench = fakeBench({ on: false });
    const failure = bringUp(bench, bench.clock.now());
    await expect(elapse(bench.clock, failure)).rejects.toMatchObject({
      code: 'BOOT_TIMEOUT',
      message: 'no OK to AT on /dev/ttyTEST at 115200 baud within 30.0 s of the start of the boot',
      remedy: expect.stringContaining('AT+IPR=115200') as string,
      cause: { code: 'AT_TIMEOUT' },
    });
    expect((await failure.catch((error: { wire: Uint8Array }) => error.wire)) as Uint8Array).toHaveLength(2);
  });

  test('ends at once when it is aborted', async () => {
    const bench = fakeBench({ on: false });
    const stop = new AbortController();
    const failure = codeOf(bringUp(bench, bench.clock.now(), stop.signal));
    bench.clock.advance(100);
    stop.abort();
    expect(await failure).toBe('ABORTED');
    expect(bench.clock.now()).toBe(100_000_000n);
  });

  test('does not send a storm of AT to a module that answers ERROR', async () => {
    const bench = fakeBench({ replies: { AT: ['ERROR'] } });
    expect(await elapse(bench.clock, codeOf(bringUp(bench, 0n)))).toBe('BOOT_TIMEOUT');
    expect(bench.at.commands.length).toBeLessThanOrEqual(100);
  });

  test('notes a sleep command the firmware lacks, and goes on', async () => {
    const bench = fakeBench({ replies: { 'AT+QSCLK=0': ['+CME ERROR: 4'] } });
    await elapse(bench.clock, bringUp(bench, bench.clock.now()));
    expect(bench.trace.lines.map(({ body }) => body.text)).toEqual([
      'AT+QSCLK=0 was refused: +CME ERROR: 4; the module may fall asleep',
    ]);
  });

  test('locks sleep the old way on firmware up to A02', async () => {
    const bench = fakeBench({ replies: { 'AT+CGMR': ['Revision : BC26NBR01A02', 'OK'] } });
    await elapse(bench.clock, bringUp(bench, bench.clock.now()));
    expect(bench.at.commands.at(-1)).toBe('AT+SM=LOCK');
  });

  test('fails when numeric error codes cannot be switched on', async () => {
    const bench = fakeBench({ replies: { 'AT+CMEE=1': ['ERROR'] } });
    await expect(elapse(bench.clock, bringUp(bench, bench.clock.now()))).rejects.toMatchObject({
      code: 'AT_REFUSED',
      message: 'AT+CMEE=1 was refused: ERROR',
    });
  });

  test('notes a boot beyond the soft deadline', async () => {
    const bench = fakeBench({ on: false, bootMs: 12_000 });
    await bench.control.on();
    await elapse(bench.clock, bringUp(bench, 0n));
    expect(bench.trace.lines[0]?.body.text).toMatch(/^a slow boot: 12\d\d\d ms/);
  });

  test('sends nothing but AT to a module that boots only after it has answered', async () => {
    const bench = fakeBench();
    const up = bringUp(bench, bench.clock.now());
    // The answer to AT comes after 10 ms; then the line has to be idle for 50.
    bench.clock.after(30, () => bench.at.boot());
    await elapse(bench.clock, up);
    expect(bench.at.commands.slice(0, 3)).toEqual(['AT', 'AT', 'ATE0']);
    expect(bench.at.commands.filter((command) => command === 'ATE0')).toHaveLength(1);
  });

  test('sets the module up again when it boots once more in between', async () => {
    const bench = fakeBench();
    const up = bringUp(bench, bench.clock.now());
    // A boot in the middle of the set-up resets echo and error codes.
    await elapse(
      bench.clock,
      until(() => bench.at.commands.includes('AT+QSCLK=0')),
    );
    bench.at.boot();
    await elapse(bench.clock, up);
    expect(bench.at.commands.filter((command) => command === 'ATE0')).toHaveLength(2);
  });
});

async function until(met: () => boolean): Promise<void> {
  while (!met()) await new Promise(setImmediate);
}
