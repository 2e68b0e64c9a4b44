import { broken, note, ok } from '../findings/finding.ts';
import type { Check } from './check.ts';
import { rigPortOf, shownPort } from './rig-port.ts';
import { currentUser, joinGroup } from './user.ts';

/** The group of ttys on Debian and Raspberry Pi OS. */
const group = 'dialout';

/** Checks that the serial device exists and that this user may open it. */
export const portAccess: Check = (system, rig) => {
  const port = rigPortOf(system, rig);
  if (!port) return [];
  if (port.real === undefined && rig.serial.reopen) {
    return [note('port', `${port.path} does not exist yet: it appears with the supply (serial.reopen)`)];
  }
  if (port.real === undefined) {
    const present = ['/dev/serial/by-id', '/dev/serial/by-path'].flatMap((folder) =>
      system.list(folder).map((name) => `${folder}/${name}`),
    );
    const mend =
      present.length > 0
        ? `plug the adapter in; present now: ${present.slice(0, 8).join(', ')}`
        : 'plug the adapter in; ls -l /dev/tty* lists the devices';
    return [broken('port', `${port.path} does not exist`, mend)];
  }
  if (system.mayWrite(port.real)) return [ok('port', `${shownPort(port)} exists, and this user may open it`)];
  const user = currentUser(system);
  const member = user.root || user.groups.includes(group);
  return [
    broken(
      'port',
      `this user may not open ${shownPort(port)}${member ? '' : `: not in the group ${group}`}`,
      member
        ? `set its group with a udev rule; ls -l ${port.real} shows the present one`
        : joinGroup(user, group),
    ),
  ];
};
