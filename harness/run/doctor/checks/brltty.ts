import { broken, warning } from '../findings/finding.ts';
import type { Check } from './check.ts';
import { rigPortOf } from './rig-port.ts';

const units = ['brltty.service', 'brltty-udev.service'];
/** USB vendor id of CH340 adapters: brltty takes them for Braille displays (PI.md §4). */
const ch340 = '1a86';
const mend =
  'sudo systemctl mask --now brltty.service brltty-udev.service (or remove brltty), then plug the adapter in again';

/** brltty takes CH340 adapters away from the kernel's driver: the tty vanishes moments after it appears. */
export const brltty: Check = async (system, rig) => {
  const port = rigPortOf(system, rig);
  if (!port) return [];
  const states = await Promise.all(units.map((unit) => system.isActive(unit)));
  if (!states.includes(true)) return [];
  if (port.real === undefined && !rig.serial.reopen) {
    return [
      broken('brltty', `brltty runs and may have removed ${port.path}: it does so with CH340 adapters`, mend),
    ];
  }
  if (port.usb?.vendor !== ch340) return [];
  return [warning('brltty', `brltty runs and may remove ${port.tty}: it does so with CH340 adapters`, mend)];
};
