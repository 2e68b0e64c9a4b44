import path from 'node:path';

import type { RigFile } from '../../../../rigs/file/rig-file.ts';
import type { System } from './system.ts';

/** The rig's serial device as this machine has it. */
export interface RigPort {
  /** As the rig file names it. */
  readonly path: string;
  /** The device node; undefined while it does not exist. */
  readonly real: string | undefined;
  /** `ttyUSB0`; for a missing device, the last part of its name in the rig file. */
  readonly tty: string;
  readonly usb: UsbFacts | undefined;
}

/** A USB adapter's identity. */
export interface UsbFacts {
  readonly vendor: string;
  readonly product: string;
  /** Undefined for a chip without one. */
  readonly serial: string | undefined;
  /** The USB interface: an FT4232 is one device with four ports. */
  readonly interface: string;
}

/** In /sys the tty is below the USB interface, and that below the device: three steps up at most. */
const MOST_STEPS = 3;

/** The USB adapter behind a tty, by its folder in /sys; undefined for any other tty. */
export function usbFactsOf(system: System, tty: string): UsbFacts | undefined {
  let folder = system.real(`/sys/class/tty/${tty}/device`);
  let number = '';
  for (let step = 0; folder !== undefined && step < MOST_STEPS; step++) {
    number ||= system.read(path.join(folder, 'bInterfaceNumber')) ?? '';
    const vendor = system.read(path.join(folder, 'idVendor'));
    const product = system.read(path.join(folder, 'idProduct'));
    if (vendor && product) {
      return {
        vendor,
        product,
        serial: system.read(path.join(folder, 'serial')) || undefined,
        interface: number,
      };
    }
    folder = path.dirname(folder);
  }
  return undefined;
}

/** @returns undefined for an emulated board, whose device does not exist yet */
export function rigPortOf(system: System, rig: RigFile): RigPort | undefined {
  const { path: named } = rig.serial;
  if (named === undefined) return undefined;
  const real = system.real(named);
  const tty = path.basename(real ?? named);
  return { path: named, real, tty, usb: usbFactsOf(system, tty) };
}

/** The port in a message: both names where they differ. */
export const shownPort = ({ path: named, real }: RigPort): string =>
  real === undefined || real === named ? named : `${named} (${real})`;
