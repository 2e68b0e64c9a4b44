import { sysfsLine } from '../../../rigs/control/gpio/sysfs-chips.ts';
import type { Check } from './check.ts';
import type { Finding } from './finding.ts';
import { broken, warning } from './finding.ts';
import { gpioControlOf, gpioLinesOf } from './gpio-wanted.ts';

/**
 * Lines that are exported though no run is going on: a process that was killed leaves its lines exported and driven
 * (pi-gpio-serial.md §0.7). onoff takes them over; gpioset finds them taken.
 */
export const gpioLeftover: Check = async (system, rig) => {
  const control = gpioControlOf(rig);
  if (!control) return [];
  const exported = new Set(system.list('/sys/class/gpio'));
  const found = await Promise.all(
    gpioLinesOf(control).map(async (wanted): Promise<Finding[]> => {
      // A line that is not found is gpio-chip's to tell.
      const line = await sysfsLine(wanted, system.host('/sys/class/gpio')).catch(() => undefined);
      if (!line || !exported.has(`gpio${line.number}`)) return [];
      const folder = `/sys/class/gpio/gpio${line.number}`;
      const [direction = '?', value = '?'] = ['direction', 'value'].map((file) =>
        system.read(`${folder}/${file}`),
      );
      const what = `${line.place} is exported (${direction}, ${value}): a run that was killed left it so, or another program uses it`;
      const free = `echo ${line.number} | sudo tee /sys/class/gpio/unexport`;
      return control.driver === 'onoff'
        ? [
            warning(
              'gpio-leftover',
              what,
              `the next run takes it over and puts it right; to free it: ${free}`,
            ),
          ]
        : [broken('gpio-leftover', what, free)];
    }),
  );
  return found.flat();
};
