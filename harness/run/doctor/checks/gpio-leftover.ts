import { sysfsLine } from '../../../../rigs/control/gpio/sysfs-chips.ts';
import { wiredLines } from '../../../../rigs/control/gpio/wired-lines.ts';
import { lineHolder } from '../../../../rigs/lock/lock-probe.ts';
import { type Finding, note, warning } from '../findings/finding.ts';
import type { Check } from './check.ts';
import { gpioControlOf } from './gpio-control.ts';

/**
 * Lines that are exported though nobody holds their locks: a process that was killed leaves its lines exported and
 * driven (PI.md §0.7), and onoff takes them over. What gpioset finds taken is gpio-held's to tell.
 */
export const gpioLeftover: Check = async (system, rig) => {
  const control = gpioControlOf(rig);
  if (control?.driver !== 'onoff') return [];
  const exported = new Set(system.list('/sys/class/gpio'));
  const found = await Promise.all(
    wiredLines(control).map(async (wanted): Promise<Finding[]> => {
      // A line that is not found is gpio-chip's to tell.
      const line = await sysfsLine(wanted, system.host('/sys/class/gpio')).catch(() => undefined);
      if (!line || !exported.has(`gpio${line.number}`)) return [];
      const folder = `/sys/class/gpio/gpio${line.number}`;
      const [direction = '?', value = '?'] = ['direction', 'value'].map((file) =>
        system.read(`${folder}/${file}`),
      );
      const what = `${line.place} is exported (${direction}, ${value}): a run that was killed left it so, or another program uses it`;
      const holder = await lineHolder(wanted, { root: system.host('/sys/class/gpio') });
      if (holder) return [note('gpio-leftover', `${line.place} is exported, and in use: ${holder}`)];
      const free = `echo ${line.number} | sudo tee /sys/class/gpio/unexport`;
      const mend = `the next run takes it over and puts it right; to free it: ${free}`;
      return [warning('gpio-leftover', what, mend)];
    }),
  );
  return found.flat();
};
