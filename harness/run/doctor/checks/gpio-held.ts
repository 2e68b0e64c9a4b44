import type { LineWanted } from '../../../../rigs/control/gpio/line.ts';
import { findToolLine } from '../../../../rigs/control/gpio/tool-line.ts';
import { wiredLines } from '../../../../rigs/control/gpio/wired-lines.ts';
import { lineHolder } from '../../../../rigs/lock/lock-probe.ts';
import { systemClock } from '../../../base/clock.ts';
import { hasCode } from '../../../base/error.ts';
import { brokenBy } from '../findings/broken-by.ts';
import { type Finding, note } from '../findings/finding.ts';
import type { Check } from './check.ts';
import { gpioControlOf } from './gpio-control.ts';

async function held(wanted: LineWanted): Promise<Finding[]> {
  try {
    await (await findToolLine(wanted, systemClock)).refuseHeld();
    return [];
  } catch (error) {
    // A line that cannot be looked at is told by gpio-access and gpio-chip.
    if (!hasCode(error, 'GPIO_BUSY')) return [];
    const holder = await lineHolder(wanted);
    if (holder) return [note('gpio-held', `${wanted.key} is held, and in use: ${holder}`)];
    return [brokenBy('gpio-held', error, 'end that program')];
  }
}

/**
 * Lines that another program or a driver of the kernel holds: gpioset would be refused them. Before the board is
 * opened none of our own is held. onoff is told by the kernel when it exports them.
 */
export const gpioHeld: Check = async (_system, rig) => {
  const control = gpioControlOf(rig);
  if (control?.driver !== 'gpioset') return [];
  return (await Promise.all(wiredLines(control).map(held))).flat();
};
