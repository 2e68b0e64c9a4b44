import type { Check } from './check.ts';
import type { Finding } from './finding.ts';
import { broken, ok } from './finding.ts';
import { gpioControlOf } from './gpio-wanted.ts';
import type { System } from './system.ts';
import { currentUser, joinGroup } from './user.ts';

/** Raspberry Pi OS gives sysfs GPIO and the GPIO devices to this group (99-com.rules, pi-gpio-serial.md §4). */
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
  const mend = `ls -l ${file} shows whose it is; a udev rule gives it to the group ${group}`;
  return broken('gpio-access', `this user may not use ${file}`, mend);
}

function ofOnoff(system: System): Finding {
  if (system.list('/sys/class/gpio').includes('export')) return access(system, '/sys/class/gpio/export');
  const mend = 'write `driver: gpioset` and install gpiod; or use a kernel with CONFIG_GPIO_SYSFS';
  return broken(
    'gpio-access',
    'this kernel has no /sys/class/gpio/export, which the driver onoff needs',
    mend,
  );
}

function ofGpioset(system: System): Finding {
  const chip = system.list('/dev').find((name) => /^gpiochip\d+$/.test(name));
  if (chip !== undefined) return access(system, `/dev/${chip}`);
  return broken('gpio-access', 'there is no /dev/gpiochip*', 'run on the machine the board is wired to');
}

/** Whether this user reaches the kernel's GPIO lines at all. */
export const gpioAccess: Check = (system, rig) => {
  const control = gpioControlOf(rig);
  if (!control) return [];
  return [control.driver === 'onoff' ? ofOnoff(system) : ofGpioset(system)];
};
