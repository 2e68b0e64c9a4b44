import type { LineWanted } from '../../../rigs/control/gpio/line.ts';
import type { GpioControlKeys, RigFile } from '../../../rigs/rig-file.ts';

/** What a rig file says of GPIO lines; undefined for a rig that uses none of this machine. */
export const gpioControlOf = ({ control }: RigFile): GpioControlKeys | undefined =>
  control.driver === 'onoff' || control.driver === 'gpioset' ? control : undefined;

/** The lines it names, under the rig file's own keys. */
export function gpioLinesOf({ powerKey, reset, supply, powered }: GpioControlKeys): LineWanted[] {
  return Object.entries({ powerKey, reset, supply, powered }).flatMap(([name, line]) =>
    line ? [{ key: `control.${name}`, bcm: line.bcm, chip: line.chip, sysfs: line.sysfs }] : [],
  );
}
