import { broken, note, ok } from '../findings/finding.ts';
import type { Check } from './check.ts';
import { rigPortOf } from './rig-port.ts';

/** A login prompt on the port reads bytes of the answers, and it does not respect locks (PI.md §4). */
export const getty: Check = async (system, rig) => {
  const port = rigPortOf(system, rig);
  if (!port) return [];
  const units = [`serial-getty@${port.tty}.service`, `getty@${port.tty}.service`];
  const states = await Promise.all(units.map((unit) => system.isActive(unit)));
  const active = units.filter((_, index) => states[index] === true);
  if (active.length > 0) {
    return active.map((unit) =>
      broken('getty', `a login prompt runs on ${port.tty} (${unit})`, `sudo systemctl disable --now ${unit}`),
    );
  }
  if (states.includes(undefined))
    return [note('getty', 'systemd does not answer: a login prompt may run on the port')];
  return [ok('getty', `no login prompt on ${port.tty}`)];
};
