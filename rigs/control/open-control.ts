import path from 'node:path';

import { type Clock, systemClock } from '../../harness/base/clock.ts';
import type { RigFile } from '../file/rig-file.ts';
import { openCommandControl } from './command-control.ts';
import type { Control } from './control.ts';
import { openEmulatorControl } from './emulator-control.ts';
import { openGpioset } from './gpio/gpioset-driver.ts';
import { openOnoff } from './gpio/onoff-driver.ts';
import { openGpioControl } from './gpio-control.ts';
import type { ProgramWatch } from './programs/run-command.ts';

interface OpenControlOptions {
  /** Where an emulated board keeps its files while it runs. */
  readonly runFolder: string;
  /** Seeds an emulated board where the rig file does not. */
  readonly seed: number;
  readonly clock?: Clock;
  /** Hears of the programs that a driver runs. */
  readonly programs?: ProgramWatch | undefined;
  /** The board's lock, which the programs hold on while they run. */
  readonly lockDescriptors?: readonly number[] | undefined;
}

/** An opened driver, and the serial device of the board it drives. */
interface OpenedControl {
  readonly control: Control;
  readonly device: string;
  /** What the driver found, for the record; absent where it is all in the rig file. */
  readonly facts?: () => Promise<readonly string[]>;
}

/** Opens the rig's control driver; touches nothing of the board. Rejects EMULATOR_FAILED for an emulated one. */
export async function openControl(
  rig: RigFile,
  { runFolder, seed, clock = systemClock, programs, lockDescriptors }: OpenControlOptions,
): Promise<OpenedControl> {
  const { control, serial, module } = rig;
  switch (control.driver) {
    case 'emulator':
      return openEmulatorControl({
        control,
        baud: serial.baud,
        networkClock: module.clock,
        seed,
        runFolder,
        clock,
      });
    case 'command':
      return {
        control: openCommandControl({
          control,
          cwd: path.dirname(rig.file),
          clock,
          programs,
          lockDescriptors,
        }),
        device: deviceOf(serial),
      };
    case 'onoff':
    case 'gpioset': {
      const driver = control.driver === 'onoff' ? openOnoff({ clock }) : openGpioset({ clock });
      const gpio = openGpioControl({ keys: control, driver, clock });
      return { control: gpio, device: deviceOf(serial), facts: () => gpio.facts() };
    }
  }
}

/** The rules of rig files let only an emulated board go without a path. */
const deviceOf = ({ path: device }: RigFile['serial']): string => device ?? '';
