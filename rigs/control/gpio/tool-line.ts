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

/** How long gpioset 1 is given to take its line; a holder's own limit comes first. */
const takeLimitMs = 10_000;

/** A line as the installed tools reach it, in their own commands. */
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
      `cannot read ${this.place}: gpioget said ${escapeText(text.slice(0, 80))}`,
    );
  }

  /** The chip's device: /dev/gpiochip0. */
  get device(): string {
    return `/dev/${this.#line.chip}`;
  }

  /** Rejects GPIO_BUSY while anybody holds the line, with who. */
  async refuseHeld(): Promise<void> {
    const text = await runTool(
      `look at ${this.place}`,
      commandsOf[this.#version].info(this.#line),
      this.#clock,
    );
    const consumer = parseConsumer(text, this.#line);
    if (consumer === undefined) return;
    const who = escapeText(consumer.slice(0, 80));
    throw new HilError('GPIO_BUSY', `cannot claim ${this.place}: '${who}' holds it`, {
      remedy:
        'end that program, or take the line out of the overlays in config.txt; "sysfs" is an exported line: echo its number to /sys/class/gpio/unexport',
    });
  }

  hold(level: Level): Promise<GpiosetHolder> {
    return holdLine({
      command: commandsOf[this.#version].hold(this.#line, level),
      doing: `drive ${this.place} ${level}`,
      clock: this.#clock,
      driven: this.#version === 2 ? ({ stdout }) => once(stdout, 'data') : (gpioset) => this.#taken(gpioset),
    });
  }

  /** Version 1 says nothing when it has driven the line; to run gpioinfo would make each pulse longer by its start. */
  #taken({ pid, alive }: RunningGpioset): Promise<boolean> {
    return pollUntil(this.#clock, takeLimitMs, () => !alive() || isHoldingLine(pid));
  }
}

/**
 * Finds a line with the installed tools, by the label of its chip; claims nothing. Rejects GPIO_UNAVAILABLE where the
 * tools are missing or of an unknown version, GPIO_CHIP_NOT_FOUND, GPIO_LINE_INVALID, GPIO_DENIED.
 */
export async function findToolLine(wanted: LineWanted, clock: Clock): Promise<ToolLine> {
  const { key, bcm = 0 } = wanted;
  const version = await readToolsVersion(clock);
  const chips = parseChips(await runTool(`find ${key}: list the GPIO chips`, ['gpiodetect'], clock));
  const { name, label } = findChip(wanted, chips);
  const place = `${key} (GPIO${bcm} of ${label}, ${name}, libgpiod ${version})`;
  return new ToolLine(place, version, { chip: name, offset: bcm }, clock);
}
