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
  /** For tests. onoff itself knows /sys/class/gpio alone. */
  readonly root?: string;
  /** For tests: what loads onoff. */
  readonly load?: () => Promise<OnoffModule>;
}

/** udev hands an exported line to the group gpio some time after it appeared (raspberrypi/linux#553). */
const udevLimitMs = 3_000;
const udevEveryMs = 50;

/** onoff is optional, since its epoll has to be compiled: it is loaded only when a rig asks for it. */
async function loadOnoff(): Promise<OnoffModule> {
  return await import('onoff');
}

async function onoffFrom(load: () => Promise<OnoffModule>): Promise<OnoffModule['Gpio']> {
  try {
    return (await load()).Gpio;
  } catch (cause) {
    throw new HilError('GPIO_ONOFF_MISSING', `onoff cannot be loaded: ${messageOf(cause).split('\n')[0]}`, {
      remedy:
        'its epoll is compiled on installation: install python3, make and g++, then `npm ci` (npm 12 asks for allowScripts); or write `driver: gpioset`',
      cause,
    });
  }
}

const accessible = (folder: string): boolean => {
  try {
    for (const file of ['value', 'direction', 'active_low'])
      accessSync(path.join(folder, file), constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
};

/** onoff swallows what goes wrong with a line that was exported already: so it is looked at, or given back. */
async function confirmed(line: ExportedLine, gpio: Gpio, look: () => Promise<void>): Promise<ExportedLine> {
  try {
    await look();
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
    // Never 'out', which is low: 'high' and 'low' set direction and level in one call of the kernel.
    const gpio = await this.#open(found, rest);
    const line = new ExportedLine(gpio, { place: found.place, leftover, rest }, this.#clock);
    return confirmed(line, gpio, () => line.confirmOutput(rest));
  }

  async claimInput(wanted: LineWanted): Promise<InputLine> {
    const found = await findSysfsLine(wanted, this.#root);
    const leftover = existsSync(this.#folder(found));
    const gpio = await this.#open(found, 'in');
    const line = new ExportedLine(gpio, { place: found.place, leftover }, this.#clock);
    return confirmed(line, gpio, () => line.confirmInput());
  }

  async #open(line: SysfsLine, direction: Direction): Promise<Gpio> {
    const Gpio = await onoffFrom(this.#load);
    // Physical levels throughout: activeLow off also takes back what another program may have left on.
    const open = (): Gpio => new Gpio(line.number, direction, undefined, { activeLow: false });
    try {
      if (existsSync(this.#folder(line))) await this.#usable(line);
      return open();
    } catch (error) {
      // Without a folder it was the export that was refused, and udev has nothing to hand over.
      if (systemCode(error) !== 'EACCES' || !existsSync(this.#folder(line)))
        throw gpioError(`claim ${line.place}`, error);
    }
    // onoff waits a tenth of a second for udev, and a loaded Pi takes longer.
    await this.#usable(line);
    try {
      return open();
    } catch (error) {
      throw gpioError(`claim ${line.place}`, error);
    }
  }

  /** Waits until udev has handed the exported line over; what comes after says why it did not. */
  async #usable(line: SysfsLine): Promise<void> {
    await pollUntil(this.#clock, udevLimitMs, () => accessible(this.#folder(line)), udevEveryMs);
  }

  #folder({ number }: SysfsLine): string {
    return path.join(this.#root, `gpio${number}`);
  }
}

/**
 * GPIO through onoff and the kernel's sysfs interface. Touches nothing until a line is claimed.
 * Its claims reject GPIO_ONOFF_MISSING where onoff is not installed.
 */
export const openOnoff = (options: OnoffOptions): GpioDriver => new OnoffDriver(options);
