import { note } from '../findings/finding.ts';
import type { Check } from './check.ts';
import { gpioControlOf } from './gpio-control.ts';

/** Reports what a released output does: kernels of the Pi differ in it (PI.md §1.4). */
export const gpioPersist: Check = (system, rig) => {
  if (!gpioControlOf(rig)) return [];
  const modules = system.list('/sys/module').filter((name) => name.startsWith('pinctrl_'));
  return modules.flatMap((name) => {
    const flag = system.read(`/sys/module/${name}/parameters/persist_gpio_outputs`);
    if (flag === undefined) return [];
    const what = /^[Y1]/.test(flag)
      ? 'released outputs keep their level, also after a crash: the board stays as it is until the next run or `rest`'
      : 'released outputs float: the board needs pull resistors that hold its lines at rest';
    return [note('gpio-persist', `${name}: persist_gpio_outputs=${flag.slice(0, 10)}, ${what}`)];
  });
};
