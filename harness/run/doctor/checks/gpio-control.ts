import type { GpioKeys, RigFile } from '../../../../rigs/file/rig-file.ts';

/** The control section of a rig that uses GPIO lines of this machine; undefined for any other rig. */
export const gpioControlOf = ({ control }: RigFile): GpioKeys | undefined =>
  control.driver === 'onoff' || control.driver === 'gpioset' ? control : undefined;
