import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

import { type Chip, findChip } from './chips.ts';
import { gpioError } from './gpio-error.ts';
import type { LineWanted } from './line.ts';

/** A chip with its place in the kernel's global numbering. */
interface SysfsChip extends Chip {
  readonly base: number;
}

/** A line in sysfs. */
export interface SysfsLine {
  readonly number: number;
  /** For messages. */
  readonly place: string;
}

async function readChip(root: string, name: string): Promise<SysfsChip> {
  const read = async (file: string): Promise<string> =>
    (await readFile(path.join(root, name, file), 'latin1')).trim();
  const [label, base, lines] = await Promise.all([read('label'), read('base'), read('ngpio')]);
  return { name, label, base: Number(base), lines: Number(lines) };
}

/** Reads the chips under `root` (/sys/class/gpio); every user may. */
async function readChips(root: string): Promise<SysfsChip[]> {
  const names = await readdir(root);
  const chips = names.filter((name) => /^gpiochip[0-9]+$/.test(name)).sort();
  return Promise.all(chips.map((name) => readChip(root, name)));
}

/** Finds chip and offset of the line with this global number; undefined if no chip has it. */
export async function findChipLine(
  number: number,
  root: string,
): Promise<{ readonly label: string; readonly offset: number } | undefined> {
  const chips = await readChips(root).catch(() => []);
  const chip = chips.find(({ base, lines }) => number >= base && number < base + lines);
  return chip && { label: chip.label, offset: number - chip.base };
}

/**
 * Finds the kernel's global number of a line: base of its chip + BCM number, or `sysfs` of the rig file.
 * @throws GPIO_UNAVAILABLE without sysfs GPIO; GPIO_CHIP_NOT_FOUND, GPIO_LINE_INVALID
 */
export async function findSysfsLine(wanted: LineWanted, root: string): Promise<SysfsLine> {
  const { key, bcm, sysfs } = wanted;
  if (sysfs !== undefined)
    return { number: sysfs, place: `${key} (sysfs ${sysfs}, as the rig file gives it)` };
  let chips: SysfsChip[];
  try {
    chips = await readChips(root);
  } catch (error) {
    throw gpioError(`find ${key} in ${root}`, error);
  }
  const { name, label, base } = findChip(wanted, chips);
  const number = base + (bcm ?? 0);
  return { number, place: `${key} (GPIO${bcm} of ${label}, ${name}, sysfs ${number})` };
}
