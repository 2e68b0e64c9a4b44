import { readlinkSync, realpathSync } from 'node:fs';
import path from 'node:path';

import { isHeaderChip } from '../control/gpio/chips.ts';
import { type LineWanted, wiredLines } from '../control/gpio/line.ts';
import { findChipLine } from '../control/gpio/sysfs-chips.ts';
import type { RigFile } from '../file/rig-file.ts';

/** The most links a path may lead through: the kernel's limit (path_resolution(7)). */
const linkLimit = 40;

const tryPath = (look: () => string): string | undefined => {
  try {
    return look();
  } catch {
    return undefined;
  }
};

/**
 * Every name of a device: the path given, each link on the way, and the real path. While an adapter that the board's
 * supply feeds is absent, its links are absent too and only the given path is known; so that one always counts.
 */
function deviceNames(device: string): string[] {
  const names = [path.resolve(device)];
  for (let hop = 0; hop < linkLimit; hop++) {
    const last = names.at(-1) ?? '';
    const target = tryPath(() => readlinkSync(last));
    if (target === undefined) break;
    names.push(path.resolve(path.dirname(last), target));
  }
  const real = tryPath(() => realpathSync(device));
  return real === undefined ? names : [...names, real];
}

const onChip = (label: string | undefined, offset: number): string =>
  isHeaderChip(label) ? `gpio header ${offset}` : `gpio ${label} ${offset}`;

/**
 * The name of a line's lock, the same for both drivers and for each way to write the line in the rig file: a header
 * line by BCM number, another chip's by label and offset. The chip need not be present.
 * @param root replaces /sys/class/gpio, where a line given by `sysfs` is looked up
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
 * The names that a rig locks: every name of its serial device, and each of its GPIO lines. Sorted and unique, so
 * that two programs that lock them one after the other cannot block each other.
 * @param root replaces /sys/class/gpio
 */
export async function lockNames({ name, serial, control }: RigFile, root?: string): Promise<string[]> {
  const device = serial.path === undefined ? [name] : deviceNames(serial.path);
  const lines = control.driver === 'onoff' || control.driver === 'gpioset' ? wiredLines(control) : [];
  const lineNames = await Promise.all(lines.map((wanted) => lineLockName(wanted, root)));
  return [...new Set([...device, ...lineNames])].sort();
}
