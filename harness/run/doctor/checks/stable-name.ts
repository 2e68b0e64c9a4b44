import { broken, ok, warning } from '../findings/finding.ts';
import type { Check } from './check.ts';
import { type RigPort, rigPortOf, type UsbFacts, usbFactsOf } from './rig-port.ts';
import type { System } from './system.ts';

const isNumbered = (name: string): boolean => /^tty(USB|ACM)\d+$/.test(name);

const alike = (a: UsbFacts, b: UsbFacts): boolean =>
  a.vendor === b.vendor && a.product === b.product && a.serial === b.serial && a.interface === b.interface;

/** Other adapters that get the same name from udev: same product, and the same serial number or none. */
function twinsOf(system: System, { tty, usb }: RigPort): string[] {
  return system.list('/sys/class/tty').filter((other) => {
    if (!usb || other === tty || !isNumbered(other)) return false;
    const facts = usbFactsOf(system, other);
    return facts !== undefined && alike(usb, facts);
  });
}

/**
 * Checks that the rig file's name for the port always means the same adapter. Adapters without a serial number of their
 * own (CH340; many CP2102 with 0001) share one name in by-id, which then means the one plugged in last (PI.md §4).
 */
export const stableName: Check = (system, rig) => {
  const port = rigPortOf(system, rig);
  if (!port?.real || !isNumbered(port.tty)) return [];
  const byPath = 'name it by its USB socket: ls -l /dev/serial/by-path';
  const twins = twinsOf(system, port);
  if (port.path.startsWith('/dev/serial/by-id/') && twins.length > 0) {
    const what = `${port.path} may mean ${twins.join(' or ')} as well as ${port.tty}: they have the same serial number, or none`;
    return [broken('port-name', what, byPath)];
  }
  if (port.path !== port.real) return [ok('port-name', `${port.path} names one adapter only`)];
  const mend = twins.length > 0 ? byPath : 'name it by its serial number: ls -l /dev/serial/by-id';
  return [
    warning('port-name', `${port.path} may be another adapter once adapters are plugged in again`, mend),
  ];
};
