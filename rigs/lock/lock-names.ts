import { readlinkSync, realpathSync } from 'node:fs';
import path from 'node:path';

import { isHeaderChip } from '../control/gpio/chips.ts';
import { type LineWanted, wiredLines } from '../control/gpio/line.ts';
import { findChipLine } from '../control/gpio/sysfs-chips.ts';
import type { RigFile } from '../file/rig-file.ts';

/** How many links a path may lead through; the kernel's own limit (path_resolution(7)). */
const linkLimit = 40;

const attempt = (look: () => string): string | undefined => {
  try {
    return look();
  } catch {
    return undefined;
  }
};

/**
 * Every name a device has: as given, what its links say one after the other, and where they lead in the end. An
 * adapter that is fed by the board's supply is away while the board rests, its links with it: then the given name is
 * all there is, and so it counts at all times.
 */
function deviceNames(device: string): string[] {
  const names = [path.resolve(device)];
  for (let hop = 0; hop < linkLimit; hop++) {
    const last = names.at(-1) ?? '';
    const target = attempt(() => readlinkSync(last));
    if (target === undefined) break;
    names.push(path.resolve(path.dirname(last), target));
  }
  const real = attempt(() => realpathSync(device));
  return real === undefined ? names : [...names, real];
}

const onChip = (label: string | undefined, offset: number): string =>
  isHeaderChip(label) ? `gpio header ${offset}` : `gpio ${label} ${offset}`;

/**
 * The one name of a line's lock, whichever driver reaches the line and however the rig file says it: the header's by
 * BCM number, another chip's by label and offset, so that it does not matter whether the chip can be seen.
 * @param root in place of /sys/class/gpio, which a line given by the kernel's number is looked up in
 */
export async function lineLockName(wanted: LineWanted, root = '/sys/class/gpio'): Promise<string> {
  const { bcm = 0, chip, sysfs } = wanted;
  if (sysfs !== undefined) {
    const found = await findChipLine(sysfs, root);
    return found ? onChip(found.label, found.offset) : `gpio sysfs ${sysfs}`;
  }
  return onChip(chip, bcm);
}

/**
 * What a rig takes for itself alone: every name of its serial device, and each GPIO line it is wired to. Sorted and
 * without repetition, so that two programs that lock them one after the other never wait for each other.
 * @param root in place of /sys/class/gpio
 */
export async function lockNames({ name, serial, control }: RigFile, root?: string): Promise<string[]> {
  const device = serial.path === undefined ? [name] : deviceNames(serial.path);
  const lines = control.driver === 'onoff' || control.driver === 'gpioset' ? wiredLines(control) : [];
  const lineNames = await Promise.all(lines.map((wanted) => lineLockName(wanted, root)));
  return [...new Set([...device, ...lineNames])].sort();
}
