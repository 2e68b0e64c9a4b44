import { jest } from '@jest/globals';

import { systemClock, toMs } from '../../../harness/base/clock.ts';
import { until } from '../../../harness/base/until.fixture.ts';
import { Key, Switch } from './board-lines.ts';
import type { GpioDriver, Level, LineWanted } from './line.ts';
import type { ChipMaker, ObservedChip } from './observed-chip.fixture.ts';
import { openOnoff } from './onoff-driver.ts';
import { expectPressed } from './press-length.fixture.ts';

const clock = systemClock;
const bcm = (number: number, chip?: string): LineWanted => ({ key: 'control.reset', bcm: number, chip });
const levels = (chip: ObservedChip, line: number): Level[] => chip.driven(line).map(({ level }) => level);

/** Waits until the chip has observed exactly these levels. */
const observed = (chip: ObservedChip, line: number, wanted: readonly Level[]): Promise<unknown> =>
  until(
    () => levels(chip, line),
    (found) => JSON.stringify(found) === JSON.stringify(wanted),
  );

/** Waits until the line is no longer claimed. */
const released = (chip: ObservedChip, line: number): Promise<unknown> =>
  until(
    () => chip.claimed(line),
    (claimed) => !claimed,
  );

/** Which presses a kind of chip can time: a kernel times each one, a program that reads files only long ones. */
export interface Presses {
  /** How long keys are pressed. */
  readonly pulsesMs: readonly [number, ...number[]];
  /** How much longer than asked the shortest of some presses may be; Infinity if the chip cannot time it. */
  readonly mostMoreMs: number;
}

/**
 * Tests of lines that the real onoff drives, observed from outside: on fake chips and on a kernel's.
 * @param openChips called for each test
 */
export function describeOnoffLines(openChips: () => ChipMaker, { pulsesMs, mostMoreMs }: Presses): void {
  jest.setTimeout(30_000);
  let maker: ChipMaker;
  let driver: GpioDriver;

  const chips = async (...wanted: Parameters<ChipMaker['chips']>[0]): Promise<ObservedChip[]> => [
    ...(await maker.chips(wanted)),
  ];

  beforeEach(() => {
    maker = openChips();
    driver = openOnoff({ clock });
  });
  afterEach(() => maker.end());

  describe('a line that is claimed', () => {
    test.each(['high', 'low'] as const)('is %s from its first moment on', async (rest) => {
      const [chip] = await chips({ label: 'pinctrl-rp1', base: 571, lines: 54 });
      const line = await driver.claimOutput(bcm(17), rest);
      await observed(chip!, 17, [rest]);
      await line.release();
      await released(chip!, 17);
      expect(levels(chip!, 17)).toEqual([rest]);
    });

    test.each([0, 512, 569, 571])('is found by the label of its chip, based at %i', async (base) => {
      const [soc, chip] = await chips(
        { label: 'gpio-brcmstb@107d517c00', base: base + 100, lines: 17 },
        { label: 'pinctrl-bcm2711', base, lines: 58 },
      );
      const line = await driver.claimOutput(bcm(4), 'high');
      await observed(chip!, 4, ['high']);
      expect(line.place).toContain(
        `GPIO4 of pinctrl-bcm2711, gpiochip${chip!.base}, sysfs ${chip!.base + 4}`,
      );
      expect(levels(soc!, 4)).toEqual([]);
      await line.release();
    });

    test('may be on another chip than the header, named by its label', async () => {
      const [header, relays] = await chips(
        { label: 'pinctrl-rp1', base: 571, lines: 54 },
        { label: 'relays', base: 700, lines: 8 },
      );
      const [key, supply] = [
        await driver.claimOutput(bcm(7), 'low'),
        await driver.claimOutput(bcm(7, 'relays'), 'low'),
      ];
      await supply.write('high');
      await observed(relays!, 7, ['low', 'high']);
      await observed(header!, 7, ['low']);
      await key.release();
      await supply.release();
    });

    test('is driven to rest before it is released, from any level', async () => {
      const [chip] = await chips({ label: 'pinctrl-rp1', base: 571, lines: 54 });
      const line = await driver.claimOutput(bcm(17), 'low');
      await line.write('high');
      await observed(chip!, 17, ['low', 'high']);
      await line.release();
      await line.release();
      await observed(chip!, 17, ['low', 'high', 'low']);
      await released(chip!, 17);
    });
  });

  test('a line that a killed run left exported and driven is taken over at rest, without a level between', async () => {
    const [chip] = await chips({ label: 'pinctrl-bcm2835', base: 512, lines: 54 });
    // Not released, as by a killed process: the line stays exported and driven.
    await driver.claimOutput(bcm(22), 'high');
    await observed(chip!, 22, ['high']);
    const line = await openOnoff({ clock }).claimOutput(bcm(22), 'low');
    await observed(chip!, 22, ['high', 'low']);
    expect(line.leftover).toBe(true);
    await line.release();
    await released(chip!, 22);
    const fresh = await openOnoff({ clock }).claimOutput(bcm(22), 'low');
    expect(fresh.leftover).toBe(false);
    await fresh.release();
  });

  test('an input reads what is outside', async () => {
    const [chip] = await chips({ label: 'pinctrl-rp1', base: 571, lines: 54 });
    const line = await driver.claimInput(bcm(23));
    for (const level of ['high', 'low', 'high'] as const) {
      chip!.pull(23, level);
      await until(
        () => line.read(),
        (read) => read === level,
      );
    }
    await line.release();
    expect(levels(chip!, 23)).toEqual([]);
  });

  const more = mostMoreMs < Infinity ? `, at most ${mostMoreMs} ms more` : '';
  test.each(pulsesMs)(`a key is pressed for %i ms, never less${more}`, async (pulseMs) => {
    const [chip] = await chips({ label: 'pinctrl-rp1', base: 571, lines: 54 });
    const line = await driver.claimOutput(bcm(17), 'low');
    const key = new Key(line, { active: 'high', pulseMs }, clock);
    const seen: Level[] = ['low'];
    await expectPressed(pulseMs, mostMoreMs, async () => {
      await key.press(new AbortController().signal);
      seen.push('high', 'low');
      await observed(chip!, 17, seen);
      const [pressed, released] = chip!.driven(17).slice(-2);
      return { atLeastMs: toMs(released!.from - pressed!.to), atMostMs: toMs(released!.to - pressed!.from) };
    });
    await line.release();
  });

  test('a key that is active low is pressed low, from high', async () => {
    const [chip] = await chips({ label: 'pinctrl-rp1', base: 571, lines: 54 });
    const line = await driver.claimOutput(bcm(17), 'high');
    await new Key(line, { active: 'low', pulseMs: pulsesMs[0] }, clock).press(new AbortController().signal);
    await observed(chip!, 17, ['high', 'low', 'high']);
    await new Switch(line, 'low').set(false);
    await line.release();
    expect(levels(chip!, 17)).toEqual(['high', 'low', 'high']);
  });

  test('a machine without the chip is said to have none, with what it has', async () => {
    await chips({ label: 'gpio-brcmstb@107d517c00', base: 512, lines: 17 });
    await expect(driver.claimInput(bcm(17))).rejects.toMatchObject({
      code: 'GPIO_CHIP_NOT_FOUND',
      message: expect.stringContaining('gpio-brcmstb@107d517c00') as string,
    });
  });

  test('a line beyond the last of its chip is no line', async () => {
    await chips({ label: 'relays', base: 512, lines: 8 });
    await expect(driver.claimOutput(bcm(8, 'relays'), 'low')).rejects.toMatchObject({
      code: 'GPIO_LINE_INVALID',
    });
  });
}
