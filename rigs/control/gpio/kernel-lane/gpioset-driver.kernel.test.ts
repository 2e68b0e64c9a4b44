import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

import { jest } from '@jest/globals';
import { Gpio } from 'onoff';

import { systemClock } from '../../../../harness/base/clock.ts';
import { until } from '../../../../harness/base/until.fixture.ts';
import { Key } from '../board-lines.ts';
import { openGpioset } from '../gpioset-driver.ts';
import type { Level, LineWanted, OutputLine } from '../line.ts';
import { expectPressed } from '../press-length.fixture.ts';
import { whileHeld } from './foreign-holder.fixture.ts';
import { levelsOf, startLevelTrace } from './level-trace.fixture.ts';
import { simulateChip, type SimulatedChip } from './simulated-chip.fixture.ts';
import { pulseLength, watchLevel } from './watch-level.fixture.ts';

// Starting a program takes the guest up to half a second.
jest.setTimeout(30_000);

const driver = openGpioset({ clock: systemClock });
const reset = { key: 'control.reset', bcm: 27 };

// As on a Raspberry Pi 5: banks of the SoC come before the chip of the header (PI.md §1.1).
let socBank: SimulatedChip;
let header: SimulatedChip;
let claimed: OutputLine[] = [];

beforeEach(() => {
  socBank = simulateChip('soc', 'gpio-brcmstb@107d517c00', 17);
  header = simulateChip('header', 'pinctrl-rp1', 54);
  startLevelTrace();
});

afterEach(async () => {
  for (const line of claimed) await line.release();
  claimed = [];
  header.remove();
  socBank.remove();
});

/** Claims an output that is released after the test. */
async function claim(wanted: LineWanted, rest: Level): Promise<OutputLine> {
  const line = await driver.claimOutput(wanted, rest);
  claimed.push(line);
  return line;
}

const levels = (bcm: number) => levelsOf(header.base + bcm).map(({ level }) => level);

test.each(['low', 'high'] as const)('a line is %s from its first moment on, against a pull', async (rest) => {
  const level = rest === 'high' ? 1 : 0;
  header.pull(27, level ? 0 : 1);
  await claim(reset, rest);
  expect([header.level(27), levels(27)]).toEqual([level, [level]]);
});

test('a line is found on the chip it names, by its label', async () => {
  await claim({ ...reset, bcm: 4, chip: socBank.label }, 'high');
  expect([socBank.level(4), header.level(4)]).toEqual([1, 0]);
});

test('a line is driven to rest before it is released, and is free then', async () => {
  const line = await claim(reset, 'low');
  await line.write('high');
  expect(header.level(27)).toBe(1);
  await line.release();
  expect(levels(27)).toEqual([0, 1, 0]);
  await claim(reset, 'low');
});

test('an input reads what is outside', async () => {
  const line = await driver.claimInput({ key: 'control.powered', bcm: 23 });
  for (const level of [1, 0] as const) {
    header.pull(23, level);
    expect(await line.read()).toBe(level ? 'high' : 'low');
  }
});

test('a line that another program holds is refused, and left alone', () =>
  whileHeld(header, 27, async () => {
    await expect(driver.claimOutput(reset, 'low')).rejects.toMatchObject({ code: 'GPIO_BUSY' });
    expect(levels(27)).toEqual([1]);
  }));

test('a line that is left exported is refused, left alone, and sysfs is named', async () => {
  const leftover = new Gpio(header.base + 27, 'high');
  await expect(driver.claimOutput(reset, 'low')).rejects.toMatchObject({
    code: 'GPIO_BUSY',
    message: expect.stringContaining("'sysfs' holds it") as string,
  });
  expect(levels(27)).toEqual([1]);
  leftover.unexport();
});

test('a line is released when the process that claimed it is killed', async () => {
  const script = `
    import { systemClock } from '${path.resolve('harness/base/clock.ts')}';
    import { openGpioset } from '${path.resolve(import.meta.dirname, '../gpioset-driver.ts')}';
    await openGpioset({ clock: systemClock }).claimOutput({ key: 'control.reset', bcm: 27 }, 'high');`;
  const { NODE_OPTIONS: _, ...env } = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = once(child, 'exit');
  try {
    // A process of its own that reads TypeScript takes 11 s to start on this kernel.
    await until(
      () => header.level(27),
      (level) => level === 1,
      80_000,
    );
  } finally {
    child.kill('SIGKILL');
    await ended;
  }
  await until(
    () => header.level(27),
    (level) => level === 0,
  );
}, 120_000);

test.each([60, 100, 600])('a key is pressed for %i ms, never less, at most 20 ms more', async (pulseMs) => {
  const line = await claim(reset, 'low');
  const key = new Key(line, { active: 'high', pulseMs }, systemClock);
  await expectPressed(pulseMs, 20, async () => {
    const watch = await watchLevel(header, 27);
    await key.press(new AbortController().signal);
    const [pressed, released, ...more] = await watch.changes();
    expect([pressed?.level, released?.level, more]).toEqual([1, 0, []]);
    return pulseLength(pressed!, released!);
  });
});
