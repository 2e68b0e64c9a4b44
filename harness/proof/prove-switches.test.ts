import type { Control } from '../../rigs/control/control.ts';
import { elapse } from '../bc26/fake-at.fixture.ts';
import { everything, type FakeBench, fakeBench } from '../bc26/fake-bench.fixture.ts';
import { start, type Started } from '../bc26/start.ts';
import { proveSwitches, type Switch, type Unproven } from './prove-switches.ts';

const both = ['supplyCut', 'reset'] as const;

interface Proven {
  readonly unproven: Unproven;
  readonly bench: FakeBench;
  readonly acts: readonly string[];
  /** How long the proof took, ms. */
  readonly ms: number;
}

/** Starts the module, then proves with a control that `change` makes of the sound one. */
async function prove(
  bench: FakeBench,
  wanted: readonly Switch[],
  change: (control: Control) => Partial<Control> = () => ({}),
): Promise<Proven> {
  const started: Started = await elapse(bench.clock, start(bench));
  const before = bench.acts.length;
  const began = bench.clock.now();
  const control = { ...bench.control, ...change(bench.control) };
  const unproven = await elapse(bench.clock, proveSwitches({ ...bench, control }, started, wanted));
  const acts = bench.acts.slice(before).map(({ act }) => act);
  return { unproven, bench, acts, ms: Number(bench.clock.now() - began) / 1e6 };
}

describe('the proof that power-off silences the module and reset boots it', () => {
  test('costs one boot, since the reset ends the boot after the cut', async () => {
    const { unproven, acts, bench, ms } = await prove(fakeBench(), both);
    expect(unproven.size).toBe(0);
    expect(acts).toEqual(['off', 'on', 'reset']);
    expect(ms).toBeLessThan(2 * 1_500);
    expect(bench.at.commands.at(-1)).toBe('AT+CEDRXS?');
  });

  test.each([
    ['prints no boot text', { banners: 0 }],
    ['boots twice by itself', { banners: 2 }],
  ])('lets a module that %s boot to the end before the reset', async (_what, board) => {
    const { unproven, ms } = await prove(fakeBench(board), both);
    expect(unproven.size).toBe(0);
    expect(ms).toBeGreaterThan(2 * 1_500);
  });

  test('tries only what is wanted, and only what the board has', async () => {
    expect((await prove(fakeBench(), ['reset'])).acts).toEqual(['reset']);
    expect((await prove(fakeBench(), [])).acts).toEqual([]);
    const bare = { ...everything, reset: false };
    expect((await prove(fakeBench({ capabilities: bare }), both)).acts).toEqual(['off', 'on']);
  });
});

describe('what is not proven', () => {
  const blind = (): FakeBench => fakeBench({ capabilities: { ...everything, powered: false } });

  test.each([
    ['does nothing', (control: Control) => ({ on: () => control.on(), off: () => Promise.resolve() })],
    [
      'takes effect only with the next `on`',
      (control: Control) => ({
        off: () => Promise.resolve(),
        on: () => control.off().then(() => control.on()),
      }),
    ],
  ])('is a power-off that %s: the module is left running, and the reset is proven', async (_what, change) => {
    const { unproven, acts } = await prove(blind(), both, change);
    expect([...unproven.keys()]).toEqual(['supplyCut']);
    expect(unproven.get('supplyCut')).toMatchObject({ code: 'NOT_SILENCED', blame: 'rig' });
    expect(acts).toEqual(['reset']);
  });

  test('is a power-off after which nothing is heard, but the module goes on', async () => {
    const { unproven } = await prove(blind(), both, (control) => ({
      letSpeak: () => Promise.resolve(false),
      off: () => control.reset(),
      on: () => Promise.resolve(),
    }));
    expect(unproven.get('supplyCut')).toMatchObject({ code: 'NOT_RESTARTED' });
  });

  test('is a reset that does nothing', async () => {
    const { unproven } = await prove(fakeBench(), both, () => ({ reset: () => Promise.resolve() }));
    expect([...unproven.keys()]).toEqual(['reset']);
    expect(unproven.get('reset')).toMatchObject({ code: 'NOT_RESTARTED' });
  });

  test('ends the run if the module does not come back', async () => {
    await expect(
      prove(fakeBench(), both, () => ({ on: () => Promise.resolve(), reset: () => Promise.resolve() })),
    ).rejects.toMatchObject({ code: 'NOT_RESTARTED', cause: { code: 'BOOT_TIMEOUT' } });
  });
});

test('where the transmit line is held low, it is let go for the questions, and the supply discharged again', async () => {
  const spoken: string[] = [];
  const { unproven, acts } = await prove(fakeBench(), ['supplyCut'], () => ({
    letSpeak: () => Promise.resolve(spoken.push('let go') > 0),
  }));
  expect(unproven.size).toBe(0);
  expect(spoken).toEqual(['let go']);
  expect(acts).toEqual(['off', 'off', 'on']);
});
