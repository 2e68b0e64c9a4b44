import { once } from 'node:events';

import type { Clock } from '../../../harness/base/clock.ts';
import { HilError } from '../../../harness/base/error.ts';
import { escapeText } from '../../../harness/base/escape.ts';
import { findChip } from './chips.ts';
import {
  commandsOf,
  type GpiodLine,
  type GpiodVersion,
  parseChips,
  parseConsumer,
} from './gpiod-commands.ts';
import { readToolsVersion, runTool } from './gpiod-tools.ts';
import { type GpiosetHolder, holdLine, type RunningGpioset } from './gpioset-holder.ts';
import { isHoldingLine } from './holds-line.ts';
import type { Level, LineWanted } from './line.ts';
import { pollUntil } from './wait.ts';

/** ms; longer than the limit of `holdLine`, which therefore decides. */
const takeLimitMs = 10_000;

/** A line reached through the installed version of the tools. */
export class ToolLine {
  readonly place: string;
  readonly #version: GpiodVersion;
  readonly #line: GpiodLine;
  readonly #clock: Clock;

  constructor(place: string, version: GpiodVersion, line: GpiodLine, clock: Clock) {
    this.place = place;
    this.#version = version;
    this.#line = line;
    this.#clock = clock;
  }

  async get(): Promise<Level> {
    const text = await runTool(`read ${this.place}`, commandsOf[this.#version].get(this.#line), this.#clock);
    const value = text.trim();
    if (value === '0' || value === '1') return value === '1' ? 'high' : 'low';
    throw new HilError(
      'GPIO_FAILED',
      `cannot read ${this.place}: gpioget printed '${escapeText(text.slice(0, 80))}'`,
    );
  }

  /** The chip's device: /dev/gpiochip0. */
  get device(): string {
    return `/dev/${this.#line.chip}`;
  }

  /** @throws GPIO_BUSY naming the program that holds the line */
  async refuseHeld(): Promise<void> {
    const text = await runTool(
      `find out who holds ${this.place}`,
      commandsOf[this.#version].info(this.#line),
      this.#clock,
    );
    const consumer = parseConsumer(text, this.#line);
    if (consumer === undefined) return;
    const who = escapeText(consumer.slice(0, 80));
    throw new HilError('GPIO_BUSY', `cannot claim ${this.place}: '${who}' holds it`, {
      remedy:
        'end that program, or remove the overlay from config.txt; for "sysfs", an exported line, write its number to /sys/class/gpio/unexport',
    });
  }

  hold(level: Level): Promise<GpiosetHolder> {
    return holdLine({
      command: commandsOf[this.#version].hold(this.#line, level),
      doing: `drive ${this.place} ${level}`,
      clock: this.#clock,
      driven:
        this.#version === 2
          ? ({ stdout }) => once(stdout, 'data')
          : (gpioset) => this.#waitUntilTaken(gpioset),
    });
  }

  /** Version 1 prints nothing when it drives the line, and running gpioinfo would make each pulse longer. */
  #waitUntilTaken({ pid, alive }: RunningGpioset): Promise<boolean> {
    return pollUntil(this.#clock, takeLimitMs, () => !alive() || isHoldingLine(pid));
  }
}

/**
 * Finds a line with the installed tools, by the label of its chip; does not claim it.
 * @throws GPIO_UNAVAILABLE if the tools are missing or of an unknown version, GPIO_CHIP_NOT_FOUND, GPIO_LINE_INVALID,
 *   GPIO_DENIED
 */
export async function findToolLine(wanted: LineWanted, clock: Clock): Promise<ToolLine> {
  const { key, bcm = 0 } = wanted;
  const version = await readToolsVersion(clock);
  const chips = parseChips(await runTool(`list the GPIO chips to find ${key}`, ['gpiodetect'], clock));
  const { name, label } = findChip(wanted, chips);
  const place = `${key} (GPIO${bcm} of ${label}, ${name}, libgpiod ${version})`;
  return new ToolLine(place, version, { chip: name, offset: bcm }, clock);
}
