import { isHilError } from '../../base/error.ts';
import type { LineWanted } from '../../../rigs/control/gpio/line.ts';
import { sysfsLine } from '../../../rigs/control/gpio/sysfs-chips.ts';
import { brokenBy } from './broken-by.ts';
import type { Check } from './check.ts';
import type { Finding } from './finding.ts';
import { note, ok } from './finding.ts';
import { gpioControlOf, gpioLinesOf } from './gpio-wanted.ts';
import type { System } from './system.ts';

async function resolved(system: System, wanted: LineWanted): Promise<Finding> {
  try {
    const { place } = await sysfsLine(wanted, system.host('/sys/class/gpio'));
    return ok('gpio-chip', place);
  } catch (error) {
    if (!isHilError(error)) throw error;
    return brokenBy('gpio-chip', error, 'give the label of the chip in the rig file');
  }
}

/** Whether each line of the rig file is one of this machine's: by the label of its chip, never by a fixed offset. */
export const gpioChip: Check = (system, rig) => {
  const control = gpioControlOf(rig);
  if (!control) return [];
  if (!system.list('/sys/class/gpio').some((name) => name.startsWith('gpiochip'))) {
    return [note('gpio-chip', '/sys/class/gpio lists no chips: the driver will ask gpiodetect')];
  }
  return Promise.all(gpioLinesOf(control).map((wanted) => resolved(system, wanted)));
};
