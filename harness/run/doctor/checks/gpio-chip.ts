import { type LineWanted, wiredLines } from '../../../../rigs/control/gpio/line.ts';
import { findSysfsLine } from '../../../../rigs/control/gpio/sysfs-chips.ts';
import { findToolLine } from '../../../../rigs/control/gpio/tool-line.ts';
import { systemClock } from '../../../base/clock.ts';
import { hasCode } from '../../../base/error.ts';
import { brokenBy } from '../findings/broken-by.ts';
import { type Finding, ok } from '../findings/finding.ts';
import type { Check } from './check.ts';
import { gpioControlOf } from './gpio-control.ts';

/** Finds a line as the rig's driver does; `place` describes it for a person. */
type FindLine = (wanted: LineWanted) => Promise<{ readonly place: string }>;

async function checkLine(wanted: LineWanted, findLine: FindLine): Promise<Finding[]> {
  try {
    return [ok('gpio-chip', (await findLine(wanted)).place)];
  } catch (error) {
    // gpio-access reports other errors.
    if (!hasCode(error, 'GPIO_CHIP_NOT_FOUND') && !hasCode(error, 'GPIO_LINE_INVALID')) return [];
    return [brokenBy('gpio-chip', error, 'name the chip by its label in the rig file')];
  }
}

/** Checks that each line of the rig file exists on this machine: by the label of its chip, never by a fixed offset. */
export const gpioChip: Check = async (system, rig) => {
  const control = gpioControlOf(rig);
  if (!control) return [];
  const finds: Record<typeof control.driver, FindLine> = {
    onoff: (wanted) => findSysfsLine(wanted, system.host('/sys/class/gpio')),
    gpioset: (wanted) => findToolLine(wanted, systemClock),
  };
  const found = await Promise.all(
    wiredLines(control).map((wanted) => checkLine(wanted, finds[control.driver])),
  );
  return found.flat();
};
