import type { Clock } from '../../../harness/base/clock.ts';
import { HilError } from '../../../harness/base/error.ts';
import type { GpiosetHolder } from './gpioset-holder.ts';
import type { GpioDriver, InputLine, Level, LineWanted, OutputLine } from './line.ts';
import { findToolLine, type ToolLine } from './tool-line.ts';

class GpiosetOutput implements OutputLine {
  /** Always false: gpioset ends with the run that started it, so no line is left exported. */
  readonly leftover = false;
  readonly #line: ToolLine;
  readonly #rest: Level;
  #level: Level;
  #holder: GpiosetHolder | undefined;
  #released = false;

  constructor(line: ToolLine, holder: GpiosetHolder, rest: Level) {
    this.#line = line;
    this.#holder = holder;
    this.#rest = rest;
    this.#level = rest;
  }

  get place(): string {
    return this.#line.place;
  }

  /** While a gpioset holds the line, no other program can read it: its level is the one it was given. */
  read(): Promise<Level> {
    return this.#holder?.alive ? Promise.resolve(this.#level) : Promise.reject(this.#lost());
  }

  async write(level: Level): Promise<void> {
    const lost = this.#holder?.alive ? undefined : this.#lost();
    if (!lost && level === this.#level) return;
    // Between the two programs the line is not driven. It keeps its level, or takes that of its hardware pull, which
    // is the resting level (rigs/README.md, "Wiring"): no third level appears.
    await this.#holder?.end();
    this.#holder = undefined;
    this.#holder = await this.#line.hold(level);
    this.#level = level;
    // The level is right again, but it is still an error: the module has seen another level meanwhile.
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
      `the gpioset that held ${this.place} has ended, so the line lost its level`,
      {
        remedy:
          'find out what ended it (`dmesg`, other users); `bc26-hil rest` drives the resting levels again',
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
    const line = await findToolLine(wanted, this.#clock);
    await line.refuseHeld();
    return new GpiosetOutput(line, await line.hold(rest), rest);
  }

  async claimInput(wanted: LineWanted): Promise<InputLine> {
    const line = await findToolLine(wanted, this.#clock);
    await line.get();
    return {
      place: line.place,
      leftover: false,
      read: () => line.get(),
      release: () => Promise.resolve(),
    };
  }
}

/**
 * GPIO through the tools of libgpiod, 1.x or 2.x: each output is held by a gpioset of its own, whose end releases it.
 * Touches no line before the first claim.
 */
export const openGpioset = ({ clock }: { readonly clock: Clock }): GpioDriver => new GpiosetDriver(clock);
