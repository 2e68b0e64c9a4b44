import { type LineWanted, wiredLines } from '../../../../rigs/control/gpio/line.ts';
import { findToolLine } from '../../../../rigs/control/gpio/tool-line.ts';
import { findLineHolder } from '../../../../rigs/lock/line-holder.ts';
import { systemClock } from '../../../base/clock.ts';
import { hasCode } from '../../../base/error.ts';
import { brokenBy } from '../findings/broken-by.ts';
import { type Finding, note } from '../findings/finding.ts';
import type { Check } from './check.ts';
import { gpioControlOf } from './gpio-control.ts';

async function checkLine(wanted: LineWanted): Promise<Finding[]> {
  try {
    await (await findToolLine(wanted, systemClock)).refuseHeld();
    return [];
  } catch (error) {
    // gpio-access and gpio-chip report other errors.
    if (!hasCode(error, 'GPIO_BUSY')) return [];
    const holder = await findLineHolder(wanted);
    if (holder) return [note('gpio-held', `${wanted.key} is in use: ${holder}`)];
    return [brokenBy('gpio-held', error, 'end that program')];
  }
}

/**
 * Checks for lines that another program or a kernel driver holds, which gpioset would not get. This runs before the
 * board is opened, so none is held by this program. With onoff the kernel reports it at the export.
 */
export const gpioHeld: Check = async (_system, rig) => {
  const control = gpioControlOf(rig);
  if (control?.driver !== 'gpioset') return [];
  return (await Promise.all(wiredLines(control).map(checkLine))).flat();
};
