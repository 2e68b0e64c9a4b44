import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';

import type { Clock } from '../../../harness/base/clock.ts';
import { HilError, messageOf } from '../../../harness/base/error.ts';
import { ExportedLine, type Gpio } from './exported-line.ts';
import { gpioError, systemCode } from './gpio-error.ts';
import type { GpioDriver, InputLine, Level, LineWanted, OutputLine } from './line.ts';
import { findSysfsLine, type SysfsLine } from './sysfs-chips.ts';
import { pollUntil } from './wait.ts';

type Direction = 'in' | Level;

export interface OnoffModule {
  readonly Gpio: new (
    number: number,
    direction: Direction,
    edge: undefined,
    options: { activeLow: boolean },
  ) => Gpio;
}

interface OnoffOptions {
  readonly clock: Clock;
  /** Replaces /sys/class/gpio, for tests; onoff itself always uses that folder. */
  readonly root?: string;
  /** Loads onoff; for tests. */
  readonly load?: () => Promise<OnoffModule>;
}

/** ms; udev gives an exported line to the group gpio some time after it appeared (raspberrypi/linux#553). */
const udevLimitMs = 3_000;
const udevEveryMs = 50;

/** onoff is an optional dependency, since its epoll has to be compiled: it is loaded only if a rig needs it. */
async function loadOnoff(): Promise<OnoffModule> {
  return await import('onoff');
}

async function onoffFrom(load: () => Promise<OnoffModule>): Promise<OnoffModule['Gpio']> {
  try {
    return (await load()).Gpio;
  } catch (cause) {
    throw new HilError('GPIO_ONOFF_MISSING', `onoff cannot be loaded: ${messageOf(cause).split('\n')[0]}`, {
      remedy:
        'install python3, make and g++, then run `npm ci`, which compiles its epoll (npm 12 asks for allowScripts); or write `driver: gpioset`',
      cause,
    });
  }
}

const isAccessible = (folder: string): boolean => {
  try {
    for (const file of ['value', 'direction', 'active_low'])
      accessSync(path.join(folder, file), constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
};

/** onoff hides errors of a line that was exported already: so the line is checked, and released if the check fails. */
async function confirm(line: ExportedLine, gpio: Gpio, check: () => Promise<void>): Promise<ExportedLine> {
  try {
    await check();
    return line;
  } catch (error) {
    gpio.unexport();
    throw error;
  }
}

class OnoffDriver implements GpioDriver {
  readonly name = 'onoff';
  readonly #clock: Clock;
  readonly #root: string;
  readonly #load: () => Promise<OnoffModule>;

  constructor({ clock, root = '/sys/class/gpio', load = loadOnoff }: OnoffOptions) {
    this.#clock = clock;
    this.#root = root;
    this.#load = load;
  }

  async claimOutput(wanted: LineWanted, rest: Level): Promise<OutputLine> {
    const found = await findSysfsLine(wanted, this.#root);
    const leftover = existsSync(this.#folder(found));
    // 'high' and 'low' set direction and level in one call of the kernel; 'out' would drive the line low first.
    const gpio = await this.#open(found, rest);
    const line = new ExportedLine(gpio, { place: found.place, leftover, rest }, this.#clock);
    return confirm(line, gpio, () => line.confirmOutput(rest));
  }

  async claimInput(wanted: LineWanted): Promise<InputLine> {
    const found = await findSysfsLine(wanted, this.#root);
    const leftover = existsSync(this.#folder(found));
    const gpio = await this.#open(found, 'in');
    const line = new ExportedLine(gpio, { place: found.place, leftover }, this.#clock);
    return confirm(line, gpio, () => line.confirmInput());
  }

  async #open(line: SysfsLine, direction: Direction): Promise<Gpio> {
    const Gpio = await onoffFrom(this.#load);
    // Levels are physical everywhere; this also resets an active_low that another program has left on.
    const open = (): Gpio => new Gpio(line.number, direction, undefined, { activeLow: false });
    try {
      if (existsSync(this.#folder(line))) await this.#waitForUdev(line);
      return open();
    } catch (error) {
      // Without a folder the export itself was refused, and waiting for udev is useless.
      if (systemCode(error) !== 'EACCES' || !existsSync(this.#folder(line)))
        throw gpioError(`claim ${line.place}`, error);
    }
    // onoff waits 0.1 s for udev; a busy Pi takes longer.
    await this.#waitForUdev(line);
    try {
      return open();
    } catch (error) {
      throw gpioError(`claim ${line.place}`, error);
    }
  }

  /** Waits until udev has set the permissions of the exported line, or the limit has passed. */
  async #waitForUdev(line: SysfsLine): Promise<void> {
    await pollUntil(this.#clock, udevLimitMs, () => isAccessible(this.#folder(line)), udevEveryMs);
  }

  #folder({ number }: SysfsLine): string {
    return path.join(this.#root, `gpio${number}`);
  }
}

/**
 * GPIO through onoff and the kernel's sysfs interface. Touches no line before the first claim. Claims reject
 * GPIO_ONOFF_MISSING if onoff is not installed.
 */
export const openOnoff = (options: OnoffOptions): GpioDriver => new OnoffDriver(options);
