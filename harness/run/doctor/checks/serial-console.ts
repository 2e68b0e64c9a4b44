import { broken, ok } from '../findings/finding.ts';
import type { Check } from './check.ts';
import { rigPortOf } from './rig-port.ts';
import type { System } from './system.ts';

/** `console=serial0,115200`: kernel-parameters.rst. `ttyS0` and the like stand for /dev/ttyS0. */
const consolesOf = (cmdline: string): string[] =>
  [...cmdline.matchAll(/(?:^|\s)console=([^\s,]+)/g)].map(([, device = '']) => device);

const ttyOf = (system: System, device: string): string =>
  (system.real(`/dev/${device}`) ?? `/dev/${device}`).slice('/dev/'.length);

/** A kernel console on the port sends its messages to the module as commands, and reads the answers. */
export const serialConsole: Check = (system, rig) => {
  const port = rigPortOf(system, rig);
  if (!port) return [];
  const cmdline = consolesOf(system.read('/proc/cmdline') ?? '');
  const active = (system.read('/sys/class/tty/console/active') ?? '').split(/\s+/).filter(Boolean);
  const named =
    cmdline.find((device) => ttyOf(system, device) === port.tty) ?? active.find((tty) => tty === port.tty);
  if (named === undefined) return [ok('console', `${port.tty} is not the kernel's console`)];
  return [
    broken(
      'console',
      `${port.tty} is the kernel's console (console=${named} on its command line)`,
      'raspi-config, Interface Options, Serial Port: login shell no, hardware yes; or remove console=… from cmdline.txt; then reboot',
    ),
  ];
};
