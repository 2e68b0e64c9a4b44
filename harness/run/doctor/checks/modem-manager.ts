import { broken, ok, warning } from '../findings/finding.ts';
import type { Check } from './check.ts';
import { type RigPort, rigPortOf } from './rig-port.ts';
import type { System } from './system.ts';

const unit = 'ModemManager.service';
/** Respected by every filter policy since ModemManager 1.12 (PI.md §4). */
const ignored = /^E:ID_MM_(DEVICE|PORT)_IGNORE=1$/m;
const mask = `sudo systemctl mask --now ${unit}, or a udev rule for this adapter with ENV{ID_MM_DEVICE_IGNORE}="1"`;

/** udev's own record of a character device: /run/udev/data/c<major>:<minor>. */
function isIgnored(system: System, { tty }: RigPort): boolean {
  const number = system.read(`/sys/class/tty/${tty}/dev`);
  return number !== undefined && ignored.test(system.read(`/run/udev/data/c${number}`) ?? '');
}

/**
 * ModemManager opens new USB ports, sends AT for about ten seconds, and keeps a port that answers like a modem, as the
 * module does. It does not use a board's own UARTs unless a udev rule says so.
 */
export const modemManager: Check = async (system, rig) => {
  const port = rigPortOf(system, rig);
  if (!port || (await system.isActive(unit)) !== true) return [];
  if (isIgnored(system, port))
    return [ok('modem-manager', `ModemManager runs, and a udev rule keeps it from using ${port.tty}`)];
  if (/^tty(USB|ACM)/.test(port.tty)) {
    return [
      broken(
        'modem-manager',
        `ModemManager runs and will send AT commands to the module on ${port.tty}`,
        mask,
      ),
    ];
  }
  return [warning('modem-manager', `ModemManager runs; no udev rule keeps it from using ${port.tty}`, mask)];
};
