import { elapse } from './fake-at.fixture.ts';
import { everything, type FakeBench, fakeBench } from './fake-bench.fixture.ts';
import { reboot, type Rebooted, type RebootKind } from './reboot.ts';

const identity = { imei: '863703030822519', revision: 'BC26NBR01A07' };
const before = { text: true, bootMs: 1_510 };

const go = (bench: FakeBench, kind: RebootKind): Promise<Rebooted> =>
  elapse(bench.clock, reboot(bench, kind, { identity, cutSince: 0n, cutAfterMs: 1_000, before }));

describe('a supply cut', () => {
  test.each([
    [everything, 'the sense line (control.powered) still says on'],
    [{ ...everything, powered: false }, 'the module still answers AT'],
  ])(
    'is the rig’s failure if it silences nothing, even if switching on restarts the module',
    async (can, found) => {
      const bench = fakeBench({ capabilities: can });
      const off = async (): Promise<void> => {
        if (can.powered) await bench.control.off();
      };
      const control = {
        ...bench.control,
        off,
        powered: () => Promise.resolve(can.powered ? true : undefined),
      };
      await expect(go({ ...bench, control }, 'supply-cut')).rejects.toMatchObject({
        code: 'NOT_SILENCED',
        message: expect.stringContaining(found) as string,
      });
      expect(bench.acts.map(({ act }) => act)).not.toContain('on');
    },
  );

  test('waits for a module that goes on for a moment, and gives the time at which it was silent', async () => {
    const bench = fakeBench({ capabilities: { ...everything, powered: false } });
    const off = (): Promise<void> =>
      Promise.resolve(void bench.clock.after(500, () => void bench.control.off()));
    const { cutBetweenMs } = await go({ ...bench, control: { ...bench.control, off } }, 'supply-cut');
    expect(cutBetweenMs?.[0]).toBe(1_000);
    expect(cutBetweenMs?.[1]).toBeGreaterThan(1_400);
    expect(cutBetweenMs?.[1]).toBeLessThan(1_700);
  });
});

describe('a module that stays silent after the wiring should have started it', () => {
  const dead = (powered: boolean | undefined, banners = 0): FakeBench => {
    const bench = fakeBench({ bootMs: 60_000, banners });
    return { ...bench, control: { ...bench.control, powered: () => Promise.resolve(powered) } };
  };

  test.each([
    ['without a boot text, and nothing senses it', undefined, 0, 'NOT_RESTARTED'],
    ['and the sense line says on', true, 0, 'BOOT_TIMEOUT'],
    ['after a boot text', undefined, 1, 'BOOT_TIMEOUT'],
  ] as const)('%s', async (_what, powered, banners, code) => {
    await expect(go(dead(powered, banners), 'reset-pin')).rejects.toMatchObject({ code });
  });

  test('says that the sense line is down', async () => {
    const bench = fakeBench();
    const control = { ...bench.control, on: () => Promise.resolve() };
    await expect(go({ ...bench, control }, 'supply-cut')).rejects.toMatchObject({
      code: 'NOT_RESTARTED',
      message: expect.stringContaining('says off') as string,
    });
  });

  test('comes at once when that time has passed already', async () => {
    const bench = fakeBench();
    bench.clock.advance(5_000);
    expect((await go(bench, 'supply-cut')).cutBetweenMs?.[0]).toBe(5_000);
  });
});
