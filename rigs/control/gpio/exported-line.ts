import type { Clock } from '../../../harness/base/clock.ts';
import { HilError } from '../../../harness/base/error.ts';
import { gpioError } from './gpio-error.ts';
import type { Level, OutputLine } from './line.ts';
import { pollUntil } from './wait.ts';

/** The part of onoff's Gpio that is used here. */
export interface Gpio {
  readSync(): number;
  writeSync(value: 0 | 1): void;
  direction(): string;
  unexport(): void;
}

/**
 * ms that a pin may take to follow a write. The pin is read, not the latch; a long wire or a transistor takes
 * microseconds. Not longer than the shortest pulse.
 */
const followLimitMs = 50;

/** ms that a claimed line may take to read back its level. No pulse has begun yet, so this can be long. */
const claimLimitMs = 2_000;

const levelOf = (value: number): Level => (value === 1 ? 'high' : 'low');
const valueOf = (level: Level): 0 | 1 => (level === 'high' ? 1 : 0);

/** A line that onoff has exported, input or output. */
export class ExportedLine implements OutputLine {
  readonly place: string;
  readonly leftover: boolean;
  readonly #gpio: Gpio;
  readonly #clock: Clock;
  readonly #rest: Level | undefined;
  #released = false;

  constructor(
    gpio: Gpio,
    { place, leftover, rest }: { place: string; leftover: boolean; rest?: Level },
    clock: Clock,
  ) {
    this.#gpio = gpio;
    this.place = place;
    this.leftover = leftover;
    this.#rest = rest;
    this.#clock = clock;
  }

  read(): Promise<Level> {
    return this.#try('read', () => levelOf(this.#gpio.readSync()));
  }

  async write(level: Level): Promise<void> {
    await this.#try(`drive ${level}`, () => this.#gpio.writeSync(valueOf(level)));
    await this.#confirm(level, followLimitMs);
  }

  /** Checks after a claim that the line is an output with this level. @throws GPIO_NOT_FOLLOWED */
  confirmOutput(level: Level): Promise<void> {
    return this.#confirm(level, claimLimitMs);
  }

  /**
   * Checks after a claim that the line is an input: an output would read as its own level.
   * @throws GPIO_NOT_FOLLOWED
   */
  async confirmInput(): Promise<void> {
    const isConfirmed = () => this.#gpio.direction() === 'in';
    if (await this.#try('read back', () => pollUntil(this.#clock, claimLimitMs, isConfirmed))) return;
    throw await this.#notFollowed(
      'made an input',
      'check whether another program uses the line (gpioinfo), and whether this user may write to its `direction` file',
    );
  }

  async #confirm(level: Level, limitMs: number): Promise<void> {
    const isConfirmed = () => this.#gpio.direction() === 'out' && levelOf(this.#gpio.readSync()) === level;
    if (await this.#try('read back', () => pollUntil(this.#clock, limitMs, isConfirmed))) return;
    throw await this.#notFollowed(
      `driven ${level}`,
      'check whether the line is shorted, wired to an output, or used by another program (gpioinfo)',
    );
  }

  async #notFollowed(asked: string, remedy: string): Promise<HilError> {
    const found = await this.#try(
      'read back',
      () => `${this.#gpio.direction()}, ${levelOf(this.#gpio.readSync())}`,
    );
    const what = `${this.place} was ${asked}, but reads back as ${found}`;
    return new HilError('GPIO_NOT_FOLLOWED', what, { remedy });
  }

  async release(): Promise<void> {
    if (this.#released) return;
    this.#released = true;
    try {
      // After the release old kernels make the line an input, newer ones keep driving it (PI.md §1.4).
      if (this.#rest !== undefined) await this.write(this.#rest);
    } finally {
      this.#gpio.unexport();
    }
  }

  async #try<Result>(doing: string, act: () => Result | Promise<Result>): Promise<Result> {
    try {
      return await act();
    } catch (error) {
      throw gpioError(`${doing} ${this.place}`, error);
    }
  }
}
