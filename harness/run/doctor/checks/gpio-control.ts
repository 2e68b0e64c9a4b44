import type { GpioControlKeys, RigFile } from '../../../../rigs/file/rig-file.ts';

/** What a rig file says of GPIO lines; undefined for a rig that uses none of this machine. */
export const gpioControlOf = ({ control }: RigFile): GpioControlKeys | undefined =>
  control.driver === 'onoff' || control.driver === 'gpioset' ? control : undefined;
