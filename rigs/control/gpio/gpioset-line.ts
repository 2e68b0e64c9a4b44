import { once } from 'node:events';
import type { Clock } from '../../../harness/base/clock.ts';
import { HilError } from '../../../harness/base/error.ts';
import { escapeText } from '../../../harness/base/escape.ts';
import { chipOf } from './chips.ts';
import { followed } from './followed.ts';
import type { GpiodLine, GpiodVersion } from './gpiod-words.ts';
import { chipsIn, consumerIn, words } from './gpiod-words.ts';
import { toolOutput, toolsVersion } from './gpiod-tools.ts';
import type { Holder, RunningGpioset } from './gpioset-holder.ts';
import { holdLine } from './gpioset-holder.ts';
import { holdsLine } from './holds-line.ts';
import type { GpioDriver, InputLine, Level, LineWanted, OutputLine } from './line.ts';

/** How long gpioset 1 is given to take its line; a holder's own limit comes first. */
const takeLimitMs = 10_000;

/** A line, and how the installed tools are told about it. */
class Tools {
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
    const text = await toolOutput(`read ${this.place}`, words[this.#version].get(this.#line), this.#clock);
    const value = text.trim();
    if (value === '0' || value === '1') return value === '1' ? 'high' : 'low';
    throw new HilError(
      'GPIO_FAILED',
      `cannot read ${this.place}: gpioget said ${escapeText(text.slice(0, 80))}`,
    );
  }

  async consumer(): Promise<string | undefined> {
    const text = await toolOutput(
      `look at ${this.place}`,
      words[this.#version].info(this.#line),
      this.#clock,
    );
    return consumerIn(text, this.#line);
  }

  hold(level: Level): Promise<Holder> {
    return holdLine({
      command: words[this.#version].hold(this.#line, level),
      doing: `drive ${this.place} ${level}`,
      clock: this.#clock,
      driven: this.#version === 2 ? ({ stdout }) => once(stdout, 'data') : (gpioset) => this.#taken(gpioset),
    });
  }

  /** Version 1 says nothing when it has driven the line; to run gpioinfo would make each pulse longer by its start. */
  #taken({ pid, alive }: RunningGpioset): Promise<boolean> {
    return followed(this.#clock, takeLimitMs, () => !alive() || holdsLine(pid));
  }
}

class GpiosetOutput implements OutputLine {
  /** A gpioset of ours ends with us: there is nothing it could leave behind. */
  readonly leftover = false;
  readonly #tools: Tools;
  readonly #rest: Level;
  #level: Level;
  #holder: Holder | undefined;
  #released = false;

  constructor(tools: Tools, holder: Holder, rest: Level) {
    this.#tools = tools;
    this.#holder = holder;
    this.#rest = rest;
    this.#level = rest;
  }

  get place(): string {
    return this.#tools.place;
  }

  /** While a gpioset holds the line, nobody else can read it: its level is the one it was told. */
  read(): Promise<Level> {
    return this.#holder?.alive ? Promise.resolve(this.#level) : Promise.reject(this.#lost());
  }

  async write(level: Level): Promise<void> {
    const lost = this.#holder?.alive ? undefined : this.#lost();
    if (!lost && level === this.#level) return;
    // Between the two nobody drives the line. It keeps its level or, on kernels that let go, takes that of its
    // hardware pull, which is the resting one (rigs/README.md, wiring): no third level appears.
    await this.#holder?.end();
    this.#holder = undefined;
    this.#holder = await this.#tools.hold(level);
    this.#level = level;
    // Put right, and still said: what happened to the module meanwhile is no fault of its own.
    if (lost) throw lost;
  }

  async release(): Promise<void> {
    if (this.#released) return;
    this.#released = true;
    try {
      await this.write(this.#rest);
    } finally {
      await this.#holder?.end();
    }
  }

  #lost(): HilError {
    return new HilError(
      'GPIO_FAILED',
      `the gpioset that held ${this.place} is gone, and the line's level with it`,
      {
        remedy: 'see what ended it; `bc26-hil rest` drives the resting levels again',
      },
    );
  }
}

class GpiosetDriver implements GpioDriver {
  readonly name = 'gpioset';
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async claimOutput(wanted: LineWanted, rest: Level): Promise<OutputLine> {
    const tools = await this.#toolsFor(wanted);
    const consumer = await tools.consumer();
    if (consumer !== undefined)
      throw new HilError(
        'GPIO_BUSY',
        `cannot claim ${tools.place}: '${escapeText(consumer.slice(0, 80))}' holds it`,
        {
          remedy:
            'end that program, or take the line out of the overlays in config.txt; "sysfs" is an exported line: echo its number to /sys/class/gpio/unexport',
        },
      );
    return new GpiosetOutput(tools, await tools.hold(rest), rest);
  }

  async claimInput(wanted: LineWanted): Promise<InputLine> {
    const tools = await this.#toolsFor(wanted);
    await tools.get();
    return {
      place: tools.place,
      leftover: false,
      read: () => tools.get(),
      release: () => Promise.resolve(),
    };
  }

  async #toolsFor(wanted: LineWanted): Promise<Tools> {
    const { key, bcm = 0 } = wanted;
    const version = await toolsVersion(this.#clock);
    const chips = chipsIn(await toolOutput(`find ${key}: list the GPIO chips`, ['gpiodetect'], this.#clock));
    const { name, label } = chipOf(wanted, chips);
    const place = `${key} (GPIO${bcm} of ${label}, ${name}, libgpiod ${version})`;
    return new Tools(place, version, { chip: name, offset: bcm }, this.#clock);
  }
}

/**
 * GPIO through the tools of libgpiod, 1.x or 2.x: each output is held by a gpioset of its own, whose end releases
 * it. Touches nothing until a line is claimed.
 */
export const openGpioset = ({ clock }: { readonly clock: Clock }): GpioDriver => new GpiosetDriver(clock);
