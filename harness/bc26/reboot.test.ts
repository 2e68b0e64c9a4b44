import type { Capabilities } from '../../rigs/control/control.ts';
import { elapse } from './fake-at.fixture.ts';
import { everything, type FakeBench, fakeBench } from './fake-bench.fixture.ts';
import { reboot, type Rebooted, type RebootKind } from './reboot.ts';
import { rebootKinds, whyNoReboot } from './reboot-kinds.ts';

const identity = { imei: '863703030822519', revision: 'BC26NBR01A07' };
const before = { text: true, bootMs: 1_510 };
const uartOnly: Capabilities = {
  powerKey: false,
  reset: false,
  supplyCut: false,
  powered: false,
  truth: false,
};

const go = (bench: FakeBench, kind: RebootKind, signal?: AbortSignal): Promise<Rebooted> =>
  elapse(bench.clock, reboot(bench, kind, { identity, cutSince: 0n, cutAfterMs: 1_000, before, signal }));

describe('rebooting', () => {
  test.each(rebootKinds)('%s: brings the module up again, with one boot seen', async (kind) => {
    const bench = fakeBench();
    const { bootMs, boots } = await go(bench, kind);
    expect(boots).toBe(1);
    expect(bootMs).toBeGreaterThanOrEqual(1_500);
    expect(bootMs).toBeLessThan(2_500);
    expect(bench.at.commands.slice(-4)).toEqual(['AT+CGMR', 'AT+QSCLK=0', 'AT+CPSMS?', 'AT+CEDRXS?']);
  });

  test.each(rebootKinds)('%s: reports a module that boots twice', async (kind) => {
    expect(await go(fakeBench({ banners: 2 }), kind)).toMatchObject({ kind, boots: 2 });
  });

  test('gives the boot text, not the command, as the beginning of the new life', async () => {
    const { startedAt, begunAt } = await go(fakeBench(), 'soft');
    expect(begunAt).toBeGreaterThan(startedAt);
    const silent = await go(fakeBench({ banners: 0 }), 'soft');
    expect(silent.begunAt).toBe(silent.startedAt);
  });

  test('announces the boot for as long as it lasts', async () => {
    const bench = fakeBench();
    const expected: boolean[] = [];
    bench.at.onBoot((boot) => expected.push(boot.expected));
    await go(bench, 'reset-pin');
    bench.at.boot();
    expect(expected).toEqual([true, false]);
  });

  test('notices another module', async () => {
    const bench = fakeBench({ replies: { 'AT+CGSN=1': ['+CGSN: 490154203237511', 'OK'] } });
    await expect(go(bench, 'reset-pin')).rejects.toMatchObject({ code: 'IDENTITY_MISMATCH' });
  });

  test('is not ended by one answer that was damaged on the line', async () => {
    let damaged = 1;
    const replies = new Proxy(
      {},
      {
        get: (_, command) =>
          command === 'AT+CGMR' && damaged-- > 0 ? ['Revision: BC26NBR0\u00b1A07', 'OK'] : undefined,
      },
    );
    expect(await go(fakeBench({ replies }), 'soft')).toMatchObject({ boots: 1 });
  });

  test('gives up on a module that does not come back', async () => {
    await expect(go(fakeBench({ bootMs: 60_000 }), 'reset-pin')).rejects.toMatchObject({
      code: 'BOOT_TIMEOUT',
    });
  });

  test('refuses what the board cannot do, before it does anything', async () => {
    const bench = fakeBench({ capabilities: uartOnly });
    await expect(go(bench, 'supply-cut')).rejects.toMatchObject({
      code: 'CONTROL_FAILED',
      message: 'a reboot of the kind supply-cut was asked for, but this board has no switched supply',
    });
    expect(bench.at.commands).toEqual([]);
    expect(rebootKinds.filter((kind) => !whyNoReboot(kind, uartOnly))).toEqual(['soft']);
  });
});

describe('the soft reset', () => {
  test('accepts an OK, and waits for the boot behind it', async () => {
    const bench = fakeBench({ replies: { 'AT+QRST=1': ['OK'] } });
    bench.clock.after(700, () => void bench.control.reset());
    const { boots, bootMs } = await go(bench, 'soft');
    expect(boots).toBe(1);
    expect(bootMs).toBeGreaterThanOrEqual(2_200);
  });

  test('takes loss and return for a boot where no boot text is printed', async () => {
    expect(await go(fakeBench({ banners: 0 }), 'soft')).toMatchObject({ boots: 0 });
  });

  test('does not take a module that just carries on for one that booted', async () => {
    await expect(go(fakeBench({ replies: { 'AT+QRST=1': ['OK'] } }), 'soft')).rejects.toMatchObject({
      code: 'BOOT_TIMEOUT',
      message: expect.stringContaining('goes on answering') as string,
    });
  });

  test('fails when the command is refused', async () => {
    await expect(go(fakeBench({ replies: { 'AT+QRST=1': ['ERROR'] } }), 'soft')).rejects.toMatchObject({
      code: 'AT_REFUSED',
    });
  });

  test('ends when the caller gives up', async () => {
    const bench = fakeBench({ replies: { 'AT+QRST=1': ['OK'] } });
    const stop = new AbortController();
    bench.clock.after(1_000, () => stop.abort());
    await expect(go(bench, 'soft', stop.signal)).rejects.toMatchObject({ code: 'ABORTED' });
    expect(bench.clock.now()).toBeLessThanOrEqual(1_020_000_000n);
  });
});

describe('the power cycle', () => {
  test('presses the key only once the sense line has fallen', async () => {
    const bench = fakeBench();
    await go(bench, 'power-cycle');
    expect(bench.acts.map(({ act }) => act)).toEqual(['power-key']);
    expect(bench.acts[0]?.ms).toBeGreaterThanOrEqual(1_020);
  });

  test('goes by silence where nothing senses the module', async () => {
    const bench = fakeBench({ capabilities: { ...everything, powered: false } });
    await go(bench, 'power-cycle');
    expect(bench.acts.map(({ act }) => act)).toEqual(['power-key']);
    expect(bench.acts[0]?.ms).toBeGreaterThanOrEqual(1_100);
  });

  test('cuts the supply where there is no power key', async () => {
    const bench = fakeBench({ capabilities: { ...everything, powerKey: false } });
    await go(bench, 'power-cycle');
    expect(bench.acts.map(({ act }) => act)).toEqual(['off', 'on']);
  });

  test.each([true, false])('gives up on a module that stays on (sense line: %p)', async (powered) => {
    const bench = fakeBench({
      capabilities: { ...everything, powered },
      replies: { 'AT+QPOWD=0': ['OK'] },
    });
    await expect(go(bench, 'power-cycle')).rejects.toMatchObject({ code: 'POWER_OFF_TIMEOUT' });
    expect(bench.acts).toEqual([]);
  });
});

describe('the supply cut', () => {
  test('can be timed from another moment, and before it; what waits for an answer is told', async () => {
    const bench = fakeBench();
    const told: string[] = [];
    const control = {
      ...bench.control,
      off: async () => {
        await bench.control.off();
        told.push('off');
      },
    };
    const plan = {
      identity,
      cutSince: 5_000_000_000n,
      cutAfterMs: -20,
      before,
      onCut: () => told.push('told'),
    };
    const { cutBetweenMs } = await elapse(bench.clock, reboot({ ...bench, control }, 'supply-cut', plan));
    expect(cutBetweenMs).toEqual([-20, -20]);
    expect(told).toEqual(['off', 'told']);
  });

  test('comes the given time after the last answer, and says when it did', async () => {
    const bench = fakeBench();
    const { cutBetweenMs } = await go(bench, 'supply-cut');
    expect(cutBetweenMs).toEqual([1_000, 1_000]);
    expect(bench.acts.map(({ act }) => act)).toEqual(['off', 'on']);
    expect(bench.acts[0]?.ms).toBe(1_000);
  });
});

describe('a reboot that the caller gives up', () => {
  /** A board where the caller gives up while the control does `during`. */
  function givenUp(during: 'off' | 'powered', capabilities = everything) {
    const bench = fakeBench({ capabilities });
    const stop = new AbortController();
    const gone = async (): Promise<unknown> => {
      const found = await (during === 'off' ? bench.control.off() : bench.control.powered());
      // A sense line that is still up says that the module has not gone yet.
      if (found !== true) stop.abort();
      return found;
    };
    const control = { ...bench.control, [during]: gone };
    return { bench: { ...bench, control }, signal: stop.signal };
  }
  const done = (bench: FakeBench): string[] => bench.acts.map(({ act }) => act);

  test.each([
    ['supply-cut', 'off', everything, ['off']],
    ['power-cycle', 'off', { ...everything, powerKey: false }, ['off']],
    ['power-cycle', 'powered', everything, []],
  ] as const)('%s: does not switch on again after %s', async (kind, during, capabilities, acts) => {
    const { bench, signal } = givenUp(during, capabilities);
    await expect(go(bench, kind, signal)).rejects.toMatchObject({ code: 'ABORTED' });
    expect(done(bench)).toEqual(acts);
  });

  test.each(['reset-pin', 'supply-cut'] as const)('%s: is not begun', async (kind) => {
    const bench = fakeBench();
    await expect(go(bench, kind, AbortSignal.abort())).rejects.toMatchObject({ code: 'ABORTED' });
    expect(done(bench)).toEqual([]);
  });

  test('does not wait until the control has acted', async () => {
    const bench = fakeBench();
    const stop = new AbortController();
    const on = (): Promise<void> => {
      stop.abort();
      return new Promise(() => undefined);
    };
    const control = { ...bench.control, on };
    await expect(go({ ...bench, control }, 'supply-cut', stop.signal)).rejects.toMatchObject({
      code: 'ABORTED',
    });
  });
});
