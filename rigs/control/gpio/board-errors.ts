import { HilError } from '../../../harness/base/error.ts';
import type { GpioKeys } from '../../file/rig-file.ts';

// The errors of a board's sequences.

export const missingLineError = (action: string, key: string): HilError =>
  new HilError('CONTROL_FAILED', `cannot do '${action}': the rig file has no ${key}`, {
    remedy: 'wire the line and add it to the rig file, or run only tests that do not need it',
  });

export const supplyOnError = (): HilError =>
  new HilError(
    'CONTROL_FAILED',
    'the board cannot be switched on: its supply is on already, and the module may be running',
    {
      remedy: 'switch the board off first, or wire VDD_EXT and add it to the rig file as control.powered',
    },
  );

export const moduleRunsError = (): HilError =>
  new HilError(
    'GPIO_ALREADY_POWERED',
    'the power key was not pressed: VDD_EXT shows that the module is powered',
    {
      remedy:
        'switch the module off with AT+QPOWD=0; if it is off already, check pin and polarity of control.powered',
    },
  );

export const stillPoweredError = ({ supply }: GpioKeys): HilError =>
  new HilError(
    'GPIO_STILL_POWERED',
    `the module is still powered ${supply?.offMs ?? 0} ms after its supply was cut`,
    {
      remedy:
        'raise control.supply.offMs; check that neither TXD nor a level shifter feeds the module (rigs/README.md, "Wiring"); check control.powered',
    },
  );

export const supplyOffError = (): HilError =>
  new HilError('CONTROL_FAILED', 'the power key was not pressed: the supply is off', {
    remedy: 'switch the board on instead, which presses the key, too',
  });

export const notPoweredError = (after: string, place: string, limitMs: number): HilError =>
  new HilError(
    'GPIO_NOT_POWERED',
    `${after}, but ${place} does not show the module powered within ${limitMs} ms`,
    { remedy: 'measure supply and keys at the module, then check pin and polarity of control.powered' },
  );
