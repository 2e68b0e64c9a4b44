import { HilError } from '../../../harness/base/error.ts';
import type { GpioKeys } from '../../file/rig-file.ts';

// What keeps a sequence from being carried out, and what mends it.

export const missingLineError = (action: string, key: string): HilError =>
  new HilError('CONTROL_FAILED', `${action}: the rig file wires no ${key}`, {
    remedy: 'wire it and name it in the rig file, or run only what needs none',
  });

export const supplyOnError = (): HilError =>
  new HilError('CONTROL_FAILED', 'the supply is on already: the module may run, and no key is pressed then', {
    remedy: 'cut the supply first, or wire VDD_EXT and name it as control.powered',
  });

export const moduleRunsError = (): HilError =>
  new HilError('GPIO_ALREADY_POWERED', 'the power key was to be pressed, but the module is powered', {
    remedy: 'switch it off by AT+QPOWD=0 first; if it is off, check pin and polarity of control.powered',
  });

export const stillPoweredError = ({ supply }: GpioKeys): HilError =>
  new HilError(
    'GPIO_STILL_POWERED',
    `the module is still powered ${supply?.offMs ?? 0} ms after its supply was cut`,
    {
      remedy:
        'raise control.supply.offMs; see that neither TX nor a level shifter feeds the module (rigs/README.md, wiring); check control.powered',
    },
  );

export const supplyOffError = (): HilError =>
  new HilError('CONTROL_FAILED', 'the power key was to be pressed while the supply is off', {
    remedy: 'switch the board on',
  });

export const notPoweredError = (after: string, place: string, limitMs: number): HilError =>
  new HilError(
    'GPIO_NOT_POWERED',
    `${after}, but ${place} does not show the module powered within ${limitMs} ms`,
    { remedy: 'check supply and keys at the module, then pin and polarity of control.powered' },
  );
