import type { LineWanted } from '../../../../rigs/control/gpio/line.ts';
import { sysfsLine } from '../../../../rigs/control/gpio/sysfs-chips.ts';
import { findToolLine } from '../../../../rigs/control/gpio/tool-line.ts';
import { wiredLines } from '../../../../rigs/control/gpio/wired-lines.ts';
import { systemClock } from '../../../base/clock.ts';
import { hasCode } from '../../../base/error.ts';
import { brokenBy } from '../findings/broken-by.ts';
import { type Finding, ok } from '../findings/finding.ts';
import type { Check } from './check.ts';
import { gpioControlOf } from './gpio-control.ts';

/** Finds a line as the rig's driver does; its place, for people. */
type Find = (wanted: LineWanted) => Promise<{ readonly place: string }>;

async function resolved(wanted: LineWanted, find: Find): Promise<Finding[]> {
  try {
    return [ok('gpio-chip', (await find(wanted)).place)];
  } catch (error) {
    // What keeps the driver from looking at all is gpio-access's to tell.
    if (!hasCode(error, 'GPIO_CHIP_NOT_FOUND') && !hasCode(error, 'GPIO_LINE_INVALID')) return [];
    return [brokenBy('gpio-chip', error, 'give the label of the chip in the rig file')];
  }
}

/** Whether each line of the rig file is one of this machine's: by the label of its chip, never by a fixed offset. */
export const gpioChip: Check = async (system, rig) => {
  const control = gpioControlOf(rig);
  if (!control) return [];
  const finds: Record<typeof control.driver, Find> = {
    onoff: (wanted) => sysfsLine(wanted, system.host('/sys/class/gpio')),
    gpioset: (wanted) => findToolLine(wanted, systemClock),
  };
  const found = await Promise.all(
    wiredLines(control).map((wanted) => resolved(wanted, finds[control.driver])),
  );
  return found.flat();
};
