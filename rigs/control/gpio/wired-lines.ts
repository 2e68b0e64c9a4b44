import type { GpioControlKeys } from '../../file/rig-file.ts';
import type { LineWanted } from './line.ts';

/** The lines a rig file wires, under its own keys. */
export function wiredLines({ powerKey, reset, supply, powered }: GpioControlKeys): LineWanted[] {
  return Object.entries({ powerKey, reset, supply, powered }).flatMap(([name, line]) =>
    line ? [{ key: `control.${name}`, bcm: line.bcm, chip: line.chip, sysfs: line.sysfs }] : [],
  );
}
