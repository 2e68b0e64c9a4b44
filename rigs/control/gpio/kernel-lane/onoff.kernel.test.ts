import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

import { jest } from '@jest/globals';
import { type BinaryValue, Gpio } from 'onoff';

import { systemClock, toMs } from '../../../../harness/base/clock.ts';
import { until } from '../../../../harness/base/until.fixture.ts';
import { describeOnoffLines } from '../line-suite.fixture.ts';
import { openOnoff } from '../onoff-driver.ts';
import { whileHeld } from './foreign-holder.fixture.ts';
import { kernelChips } from './kernel-chips.fixture.ts';
import { levelsOf, startLevelTrace } from './level-trace.fixture.ts';
import { simulateChip, type SimulatedChip } from './simulated-chip.fixture.ts';

jest.setTimeout(30_000);

describe('lines of a kernel', () =>
  describeOnoffLines(kernelChips, { pulsesMs: [60, 100, 600], mostMoreMs: 20 }));

describe('what only a kernel does', () => {
  let chip: SimulatedChip;
  const levels = (bcm: number) => levelsOf(chip.base + bcm).map(({ level }) => level);

  beforeEach(() => {
    chip = simulateChip('header', 'pinctrl-rp1', 54);
    startLevelTrace();
  });

  afterEach(() => chip.remove());

  test('a line claimed as `out` goes low before it can be driven high: a step, and the trace shows it', () => {
    const line = new Gpio(chip.base + 17, 'out');
    line.writeSync(1);
    expect(levels(17)).toEqual([0, 1]);
    line.unexport();
  });

  test('a line that another program holds is refused, and left alone', () =>
    whileHeld(chip, 22, async () => {
      const claim = openOnoff({ clock: systemClock }).claimOutput({ key: 'control.supply', bcm: 22 }, 'low');
      await expect(claim).rejects.toMatchObject({ code: 'GPIO_BUSY' });
      expect(levels(22)).toEqual([1]);
    }));

  test('a BCM number that is taken for the kernel’s is refused', () => {
    expect(() => new Gpio(17, 'high')).toThrow(expect.objectContaining({ code: 'EINVAL' }) as Error);
  });

  test('what a killed process leaves exported and driven is taken over at rest, without a step between', async () => {
    const program = `
      const { Gpio } = require('onoff');
      new Gpio(${chip.base + 27}, 'high');
      process.send('claimed');
      setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--eval', program], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    expect(await once(child, 'message')).toContain('claimed');
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(chip.level(27)).toBe(1);

    startLevelTrace();
    const line = await openOnoff({ clock: systemClock }).claimOutput(
      { key: 'control.reset', bcm: 27 },
      'low',
    );
    expect([line.leftover, chip.level(27)]).toEqual([true, 0]);
    expect(levels(27)).toEqual([0]);
    await line.release();
  });

  describe('edges', () => {
    test('both are reported at once', async () => {
      chip.pull(23, 0);
      const line = new Gpio(chip.base + 23, 'in', 'both');
      for (const level of [1, 0, 1, 0] as const) {
        const edge = nextEdge(line);
        const pulledAt = process.hrtime.bigint();
        chip.pull(23, level);
        const { value, at } = await edge;
        expect(value).toBe(level);
        expect(toMs(at - pulledAt)).toBeLessThan(2_000);
      }
      line.unexport();
    });

    test('only the requested one is reported', async () => {
      chip.pull(23, 0);
      const line = new Gpio(chip.base + 23, 'in', 'rising');
      const seen: BinaryValue[] = [];
      line.watch((_error, value) => seen.push(value));
      chip.pull(23, 1);
      await until(
        () => seen,
        (values) => values.length === 1,
      );
      chip.pull(23, 0);
      // No event is expected, so only time can be waited for.
      await delay(50);
      expect(seen).toEqual([1]);
      line.unexport();
    });
  });
});

/** Resolves with the next edge on `line` and its time; rejects after 5 s. */
function nextEdge(line: Gpio): Promise<{ value: BinaryValue; at: bigint }> {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error('no edge within 5 s')), 5_000);
    line.watch((_error, value) => {
      clearTimeout(limit);
      line.unwatchAll();
      resolve({ value, at: process.hrtime.bigint() });
    });
  });
}
