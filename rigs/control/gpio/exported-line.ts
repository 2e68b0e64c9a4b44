import type { Clock } from '../../../harness/base/clock.ts';
import { HilError } from '../../../harness/base/error.ts';
import { gpioError } from './gpio-error.ts';
import type { Level, OutputLine } from './line.ts';
import { pollUntil } from './wait.ts';

/** What is used of onoff's Gpio. */
export interface Gpio {
  readSync(): number;
  writeSync(value: 0 | 1): void;
  direction(): string;
  unexport(): void;
}

/**
 * How long a pin may take to follow a write: what is read is the pin, not the latch, and a long wire or a
 * transistor takes microseconds. Far more than any takes, and no more than the shortest pulse.
 */
const followLimitMs = 50;

/** How long it may take to read back as claimed. No pulse has begun yet: patience costs time only where it fails. */
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

  /** After a claim: sees the line as an output with this level, or rejects GPIO_NOT_FOLLOWED. */
  confirmOutput(level: Level): Promise<void> {
    return this.#confirm(level, claimLimitMs);
  }

  /**
   * After a claim: sees the line as an input, or rejects GPIO_NOT_FOLLOWED, since an output would answer with its
   * own level.
   */
  async confirmInput(): Promise<void> {
    const sees = () => this.#gpio.direction() === 'in';
    if (await this.#try('read back', () => pollUntil(this.#clock, claimLimitMs, sees))) return;
    throw await this.#notFollowed(
      'made an input',
      'see whether another program uses the line (gpioinfo), and whether this user may write to its `direction`',
    );
  }

  async #confirm(level: Level, limitMs: number): Promise<void> {
    const sees = () => this.#gpio.direction() === 'out' && levelOf(this.#gpio.readSync()) === level;
    if (await this.#try('read back', () => pollUntil(this.#clock, limitMs, sees))) return;
    throw await this.#notFollowed(
      `driven ${level}`,
      'see whether the line is shorted, wired to an output, or used by another program (gpioinfo)',
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
      // After it old kernels make the line an input and newer ones drive it on (PI.md §1.4).
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
