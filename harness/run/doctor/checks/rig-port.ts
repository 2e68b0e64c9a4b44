import path from 'node:path';

import type { RigFile } from '../../../../rigs/file/rig-file.ts';
import type { System } from './system.ts';

/** The rig's serial device, as far as the machine knows it. */
export interface RigPort {
  /** As the rig file names it. */
  readonly path: string;
  /** The device node itself; undefined while there is none. */
  readonly real: string | undefined;
  /** `ttyUSB0`; of a device that is missing, the last part of its name in the rig file. */
  readonly tty: string;
  readonly usb: UsbFacts | undefined;
}

/** What a USB adapter says of itself. */
export interface UsbFacts {
  readonly vendor: string;
  readonly product: string;
  /** Undefined where the chip has none. */
  readonly serial: string | undefined;
  /** Which of the adapter's functions it is: an FT4232 is four ports of one device. */
  readonly interface: string;
}

/** The tty hangs below the USB interface, the interface below the device: three steps at most. */
const steps = 3;

/** The USB adapter behind a tty, by its folder in /sys; undefined where it is none. */
export function usbFactsOf(system: System, tty: string): UsbFacts | undefined {
  let folder = system.real(`/sys/class/tty/${tty}/device`);
  let number = '';
  for (let step = 0; folder !== undefined && step < steps; step++) {
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

/** The port for a person: both names where they differ. */
export const shownPort = ({ path: named, real }: RigPort): string =>
  real === undefined || real === named ? named : `${named} (${real})`;
