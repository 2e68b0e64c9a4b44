import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

import { systemClock, toMs } from '../../../harness/base/clock.ts';
import { until } from '../../../harness/base/until.fixture.ts';
import { Key } from './board-lines.ts';
import { type FakeGpiod, fakeGpiod } from './fake-gpiod.fixture.ts';
import { openGpioset } from './gpioset-driver.ts';
import type { InputLine, Level, LineWanted, OutputLine } from './line.ts';

const clock = systemClock;
const wanted = (bcm: number, chip?: string): LineWanted => ({ key: 'control.reset', bcm, chip });

/** Whether a process exists. */
const runs = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe.each([
  { version: 1, args: (level: 0 | 1) => `--mode=signal gpiochip15 17=${level}` },
  { version: 2, args: (level: 0 | 1) => `--banner --consumer bc26-hil --chip gpiochip15 17=${level}` },
] as const)('lines held by gpioset, version $version', ({ version, args }) => {
  let tools: FakeGpiod;
  let claimed: InputLine[];

  beforeEach(() => {
    tools = fakeGpiod(version);
    claimed = [];
  });
  afterEach(async () => {
    for (const line of claimed) await line.release();
    tools.end();
  });

  async function claim(rest: Level): Promise<OutputLine> {
    const line = await openGpioset({ clock }).claimOutput(wanted(17), rest);
    claimed.push(line);
    return line;
  }

  test('are driven with the options of its version, on the chip that has the label', async () => {
    const line = await claim('low');
    await line.write('high');
    await line.release();
    expect(tools.args()).toEqual([args(0), args(1), args(0)]);
    expect(line.place).toBe(`control.reset (GPIO17 of pinctrl-rp1, gpiochip15, libgpiod ${version})`);
  });

  test('are held by one process at a time, which ends with the claim', async () => {
    const line = await claim('low');
    const first = tools.holder(17);
    await line.write('high');
    const second = tools.holder(17);
    expect([runs(first), runs(second)]).toEqual([false, true]);
    await line.release();
    expect(runs(tools.holder(17))).toBe(false);
  });

  test.each([60, 100])('press a key for %i ms, never less', async (pulseMs) => {
    await new Key(await claim('low'), { active: 'high', pulseMs }, clock).press(new AbortController().signal);
    const driven = tools.driven(17);
    expect(driven.map(({ level }) => level)).toEqual(['low', 'high', 'low']);
    expect(toMs(driven[2]!.at - driven[1]!.at)).toBeGreaterThanOrEqual(pulseMs);
  });

  test('are read by gpioget', async () => {
    tools.pull(4, 'high');
    const line = await openGpioset({ clock }).claimInput(wanted(4));
    await expect(line.read()).resolves.toBe('high');
    tools.pull(4, 'low');
    await expect(line.read()).resolves.toBe('low');
  });

  test('that another program holds are refused, and left alone', async () => {
    await claim('high');
    const holder = tools.holder(17);
    await expect(openGpioset({ clock }).claimOutput(wanted(17), 'low')).rejects.toMatchObject({
      code: 'GPIO_BUSY',
      message: expect.stringContaining('GPIO17 of pinctrl-rp1') as string,
    });
    expect([tools.holder(17), runs(holder)]).toEqual([holder, true]);
  });

  test('whose holder was killed are driven again by a write, which reports the loss', async () => {
    const line = await claim('low');
    await line.write('high');
    process.kill(tools.holder(17), 'SIGKILL');
    await until(
      () => runs(tools.holder(17)),
      (running) => !running,
    );
    await expect(line.read()).rejects.toMatchObject({ code: 'GPIO_FAILED' });
    await expect(line.write('low')).rejects.toMatchObject({ code: 'GPIO_FAILED' });
    expect(tools.driven(17).at(-1)?.level).toBe('low');
    await expect(line.read()).resolves.toBe('low');
  });

  test('are released when the process that claimed them is killed', async () => {
    const script = `
      import { systemClock } from '${path.resolve('harness/base/clock.ts')}';
      import { openGpioset } from '${path.join(import.meta.dirname, 'gpioset-driver.ts')}';
      await openGpioset({ clock: systemClock }).claimOutput({ key: 'control.supply', bcm: 22 }, 'high');
      process.stdout.write('claimed');`;
    const { NODE_OPTIONS: _, ...env } = process.env;
    // Detected by the end of a pipe, since an orphan remains visible until init collects it.
    const ended = tools.ended(22);
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    expect(runs(tools.holder(22))).toBe(true);
    child.kill('SIGKILL');
    await ended;
  }, 30_000);

  test('on a chip that the machine lacks are refused; the error lists its chips', async () => {
    await expect(openGpioset({ clock }).claimInput(wanted(4, 'pinctrl-bcm2711'))).rejects.toMatchObject({
      code: 'GPIO_CHIP_NOT_FOUND',
      message: expect.stringContaining(
        'gpiochip0 [gpio-brcmstb@107d517c00], gpiochip15 [pinctrl-rp1]',
      ) as string,
    });
  });
});

test('without the tools the error says what to install', async () => {
  const before = process.env['PATH'];
  process.env['PATH'] = '/nowhere';
  try {
    await expect(openGpioset({ clock }).claimInput(wanted(4))).rejects.toMatchObject({
      code: 'GPIO_UNAVAILABLE',
      remedy: expect.stringContaining('gpiod') as string,
    });
  } finally {
    process.env['PATH'] = before;
  }
});
