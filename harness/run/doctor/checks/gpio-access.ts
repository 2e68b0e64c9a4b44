import { readToolsVersion } from '../../../../rigs/control/gpio/gpiod-tools.ts';
import { type LineWanted, wiredLines } from '../../../../rigs/control/gpio/line.ts';
import { findToolLine } from '../../../../rigs/control/gpio/tool-line.ts';
import { systemClock } from '../../../base/clock.ts';
import { hasCode } from '../../../base/error.ts';
import { brokenBy } from '../findings/broken-by.ts';
import { broken, type Finding, ok } from '../findings/finding.ts';
import type { Check } from './check.ts';
import { gpioControlOf } from './gpio-control.ts';
import type { System } from './system.ts';
import { currentUser, joinGroup } from './user.ts';

/** Raspberry Pi OS gives sysfs GPIO and the GPIO devices to this group (99-com.rules, PI.md §4). */
const group = 'gpio';

function access(system: System, file: string): Finding {
  if (system.mayWrite(file)) return ok('gpio-access', `this user may use ${file}`);
  const user = currentUser(system);
  if (!user.root && !user.groups.includes(group)) {
    return broken(
      'gpio-access',
      `this user may not use ${file}: not in the group ${group}`,
      joinGroup(user, group),
    );
  }
  const mend = `give it to the group ${group} with a udev rule; ls -l ${file} shows its present group`;
  return broken('gpio-access', `this user may not use ${file}`, mend);
}

function checkOnoff(system: System): Finding {
  if (system.list('/sys/class/gpio').includes('export')) return access(system, '/sys/class/gpio/export');
  const mend = 'use `driver: gpioset` and install gpiod, or use a kernel with CONFIG_GPIO_SYSFS';
  return broken(
    'gpio-access',
    'this kernel has no /sys/class/gpio/export, which the driver onoff needs',
    mend,
  );
}

/** Calls the tools as the driver does: they have to be installed, of a known version, and find the chips. */
async function checkGpioset(system: System, lines: readonly LineWanted[]): Promise<Finding[]> {
  try {
    const version = await readToolsVersion(systemClock);
    const found = await Promise.all(
      lines.map((wanted) => findToolLine(wanted, systemClock).catch(ignoreNotFound)),
    );
    const devices = new Set(found.flatMap((line) => line?.device ?? []));
    return [
      ok('gpio-access', `the tools of libgpiod are installed, version ${version}`),
      ...[...devices].map((device) => access(system, device)),
    ];
  } catch (error) {
    return [brokenBy('gpio-access', error, 'install gpiod, or use `driver: onoff`')];
  }
}

/** Ignores a line that is not found, since gpio-chip reports it. @throws any other error */
function ignoreNotFound(error: unknown): undefined {
  if (!hasCode(error, 'GPIO_CHIP_NOT_FOUND') && !hasCode(error, 'GPIO_LINE_INVALID')) throw error;
}

/** Checks that this user may use the kernel's GPIO lines. */
export const gpioAccess: Check = (system, rig) => {
  const control = gpioControlOf(rig);
  if (!control) return [];
  return control.driver === 'onoff' ? [checkOnoff(system)] : checkGpioset(system, wiredLines(control));
};
