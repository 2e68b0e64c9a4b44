import { broken, note, ok } from '../findings/finding.ts';
import type { Check } from './check.ts';
import { rigPortOf, shownPort } from './rig-port.ts';
import { currentUser, joinGroup } from './user.ts';

/** ttys belong to this group on Debian and Raspberry Pi OS. */
const group = 'dialout';

/** The serial device: whether it is there, and whether this user may open it. */
export const portAccess: Check = (system, rig) => {
  const port = rigPortOf(system, rig);
  if (!port) return [];
  if (port.real === undefined && rig.serial.reopen) {
    return [note('port', `there is no ${port.path} now: it comes with the supply (serial.reopen)`)];
  }
  if (port.real === undefined) {
    const there = ['/dev/serial/by-id', '/dev/serial/by-path'].flatMap((folder) =>
      system.list(folder).map((name) => `${folder}/${name}`),
    );
    const mend =
      there.length > 0
        ? `plug the adapter in; there are: ${there.slice(0, 8).join(', ')}`
        : 'plug the adapter in; ls -l /dev/tty* lists what there is';
    return [broken('port', `there is no ${port.path}`, mend)];
  }
  if (system.mayWrite(port.real)) return [ok('port', `${shownPort(port)} is there, and may be opened`)];
  const user = currentUser(system);
  const member = user.root || user.groups.includes(group);
  return [
    broken(
      'port',
      `this user may not open ${shownPort(port)}${member ? '' : `: not in the group ${group}`}`,
      member ? `ls -l ${port.real} shows whose it is; a udev rule sets its group` : joinGroup(user, group),
    ),
  ];
};
