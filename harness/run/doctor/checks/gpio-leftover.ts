import { wiredLines } from '../../../../rigs/control/gpio/line.ts';
import { findSysfsLine } from '../../../../rigs/control/gpio/sysfs-chips.ts';
import { findLineHolder } from '../../../../rigs/lock/line-holder.ts';
import { type Finding, note, warning } from '../findings/finding.ts';
import type { Check } from './check.ts';
import { gpioControlOf } from './gpio-control.ts';

/**
 * Checks for lines that are exported while no process holds their locks. A killed process leaves its lines exported and
 * driven (PI.md §0.7); onoff takes them over. For gpioset, gpio-held reports lines that are taken.
 */
export const gpioLeftover: Check = async (system, rig) => {
  const control = gpioControlOf(rig);
  if (control?.driver !== 'onoff') return [];
  const exported = new Set(system.list('/sys/class/gpio'));
  const found = await Promise.all(
    wiredLines(control).map(async (wanted): Promise<Finding[]> => {
      // gpio-chip reports a line that is not found.
      const line = await findSysfsLine(wanted, system.host('/sys/class/gpio')).catch(() => undefined);
      if (!line || !exported.has(`gpio${line.number}`)) return [];
      const folder = `/sys/class/gpio/gpio${line.number}`;
      const [direction = '?', value = '?'] = ['direction', 'value'].map((file) =>
        system.read(`${folder}/${file}`),
      );
      const what = `${line.place} is exported (${direction}, ${value}): left by a killed run, or used by another program`;
      const holder = await findLineHolder(wanted, { root: system.host('/sys/class/gpio') });
      if (holder) return [note('gpio-leftover', `${line.place} is exported and in use: ${holder}`)];
      const unexport = `echo ${line.number} | sudo tee /sys/class/gpio/unexport`;
      const mend = `the next run takes it over; to free it now: ${unexport}`;
      return [warning('gpio-leftover', what, mend)];
    }),
  );
  return found.flat();
};
