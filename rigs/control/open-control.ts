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
  /** Seed of an emulated board if the rig file gives none. */
  readonly seed: number;
  readonly clock?: Clock;
  /** Is told about the programs that a driver runs. */
  readonly programs?: ProgramWatch | undefined;
  /** The board's lock, which the programs inherit. */
  readonly lockDescriptors?: readonly number[] | undefined;
}

/** An opened driver, and the serial device of the board it drives. */
interface OpenedControl {
  readonly control: Control;
  readonly device: string;
  /** What the driver found on this machine, for the trace; absent if it looks for nothing. */
  readonly facts?: () => Promise<readonly string[]>;
}

/** Opens the rig's control driver; does not touch the board. @throws EMULATOR_FAILED, EMULATOR_REFUSED */
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

/** Only an emulated board has no path (rig-rules.ts). */
const deviceOf = ({ path: device }: RigFile['serial']): string => device ?? '';
