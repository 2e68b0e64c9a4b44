import type { GpioKeys, RigFile } from '../../../../rigs/file/rig-file.ts';

/** What a rig file says of GPIO lines; undefined for a rig that uses none of this machine. */
export const gpioControlOf = ({ control }: RigFile): GpioKeys | undefined =>
  control.driver === 'onoff' || control.driver === 'gpioset' ? control : undefined;
