import type { Control } from '../../rigs/control/control.ts';
import type { Bench } from './bench.ts';
import { elapse } from './fake-at.fixture.ts';
import { everything, type FakeBench, fakeBench } from './fake-bench.fixture.ts';
import { createModule } from './module.ts';
import { pause } from './pause.ts';
import type { Rebooted, RebootKind } from './reboot.ts';

const identity = { imei: '863703030822519', revision: 'BC26NBR01A07' };

/** What the session's start showed: a boot text, a boot without text, a module that was running already. */
const texts = { identity, boots: 1, bootMs: 1_510 };
const noTexts = { identity, boots: 0, bootMs: 1_510 };
const foundRunning = { identity, boots: 0, bootMs: 20 };

const byWiring = ['reset-pin', 'power-cycle', 'supply-cut'] as const;
const nothing = (): Promise<void> => Promise.resolve();
const wired = (bench: FakeBench, control: Partial<Control>): FakeBench => ({
  ...bench,
  control: { ...bench.control, ...control },
});

/** A board whose wiring reaches nothing, and whose sense line is stuck. */
const dead = (bench = fakeBench()): FakeBench =>
  wired(bench, { reset: nothing, off: nothing, on: nothing, powerKey: nothing, powered: stuckOff });
const stuckOff = (): Promise<boolean> => Promise.resolve(false);

const go = (
  bench: FakeBench,
  kind: RebootKind,
  start = texts,
  more: Pick<Bench, 'reopens'> = {},
): Promise<Rebooted> => elapse(bench.clock, createModule({ ...bench, ...more }, start).reboot(kind));

describe('a reboot by wiring that does not reach the module', () => {
  const noBootText = /does not restart the module on \/dev\/ttyTEST: no boot text/;

  test.each([
    ['reset-pin', 'NOT_RESTARTED', noBootText],
    ['power-cycle', 'NOT_RESTARTED', noBootText],
    [
      'supply-cut',
      'NOT_SILENCED',
      /does not silence the module on \/dev\/ttyTEST: the module still answers AT/,
    ],
  ] as const)('%s: is the rig’s error, with a remedy', async (kind, code, message) => {
    await expect(go(dead(), kind)).rejects.toMatchObject({
      code,
      blame: 'rig',
      message: expect.stringMatching(message) as string,
      remedy: expect.any(String) as string,
    });
  });

  test.each([
    ['reset-pin', 'NOT_RESTARTED'],
    ['power-cycle', 'NOT_RESTARTED'],
    ['supply-cut', 'NOT_SILENCED'],
  ] as const)('%s: is noticed with a firmware that prints no boot text, too', async (kind, code) => {
    await expect(go(dead(), kind, noTexts)).rejects.toMatchObject({ code });
    await expect(go(dead(), kind, foundRunning)).rejects.toMatchObject({ code });
  });

  test('is noticed if the module is only silent, and its firmware prints a boot text', async () => {
    // A switch that cuts the level shifter off, and not the module.
    const silenced = fakeBench({ banners: 0 });
    await expect(go(silenced, 'supply-cut')).rejects.toMatchObject({ code: 'NOT_RESTARTED' });
  });

  test('is noticed though its program takes as long as a boot, once a boot text was seen', async () => {
    const bench = fakeBench();
    const slow = wired(bench, { reset: () => pause(bench.clock, 2_000) });
    const module = createModule(slow, foundRunning);
    await elapse(bench.clock, module.reboot('soft'));
    await expect(elapse(bench.clock, module.reboot('reset-pin'))).rejects.toMatchObject({
      code: 'NOT_RESTARTED',
    });
  });
});

describe('a reboot of a firmware that prints no boot text', () => {
  test.each(byWiring)('%s: is known by the time it takes', async (kind) => {
    expect(await go(fakeBench({ banners: 0 }), kind, noTexts)).toMatchObject({ boots: 0 });
    expect(await go(fakeBench({ banners: 0 }), kind, foundRunning)).toMatchObject({ boots: 0 });
  });

  test('may be over when the program that makes it ends', async () => {
    const bench = fakeBench({ banners: 0 });
    const reset = () => bench.control.reset().then(() => pause(bench.clock, 2_000));
    expect(await go(wired(bench, { reset }), 'reset-pin', noTexts)).toMatchObject({ boots: 0 });
  });

  test('may be much faster than the first, whose program took its time', async () => {
    const slowStart = { ...noTexts, bootMs: 20_000 };
    expect(await go(fakeBench({ banners: 0 }), 'reset-pin', slowStart)).toMatchObject({ boots: 0 });
  });
});

describe('a reboot on a board whose adapter goes with the supply', () => {
  const reopens = { reopens: true };
  const noKey = { ...everything, powerKey: false };

  test.each(['supply-cut', 'power-cycle'] as const)('%s: may lose its boot text', async (kind) => {
    const bench = fakeBench({ banners: 0, capabilities: noKey });
    expect(await go(bench, kind, texts, reopens)).toMatchObject({ boots: 0 });
  });

  test('is none where the switch reaches nothing', async () => {
    await expect(go(dead(), 'supply-cut', texts, reopens)).rejects.toMatchObject({ code: 'NOT_RESTARTED' });
  });

  test('by the reset pin loses nothing', async () => {
    const silenced = fakeBench({ banners: 0 });
    await expect(go(silenced, 'reset-pin', texts, reopens)).rejects.toMatchObject({ code: 'NOT_RESTARTED' });
  });
});
