import { mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export type Level = 0 | 1;

/** A chip of the kernel's gpio-sim, whose lines can be pulled and read from outside. Lines count from 0. */
export interface SimulatedChip {
  /** By which a driver finds it. */
  readonly label: string;
  /** The name of its character device in /dev: `gpiochip1`. */
  readonly device: string;
  /** The kernel's number of its first line: sysfs knows line n as base + n. */
  readonly base: number;
  /** Drives the line from outside, as weakly as a pull resistor: an output wins. */
  pull(line: number, level: Level): void;
  /** The level on the line, driven or pulled. */
  level(line: number): Level;
  /** The file that `level` reads; it holds `0` or `1` and a line end. */
  levelFile(line: number): string;
  /** Removes the chip from the kernel; its lines must be free. */
  remove(): void;
}

const configFolder = '/sys/kernel/config/gpio-sim';
const sysfsFolder = '/sys/class/gpio';

const textOf = (file: string): string => readFileSync(file, 'utf8').trim();

/** The sysfs number of the first line of a chip that belongs to the platform device `parent`. */
function baseOf(parent: string): number {
  const folder = `/sys/devices/platform/${parent}/gpio`;
  const [chip = ''] = readdirSync(folder);
  return Number(textOf(path.join(sysfsFolder, chip, 'base')));
}

/**
 * Makes a chip of gpio-sim through configfs (Documentation/admin-guide/gpio/gpio-sim.rst of the kernel).
 * @param id its unique name in configfs; programs see `label` and `lines`
 * @throws errors of the file system; ENOENT if the kernel has no gpio-sim
 */
export function simulateChip(id: string, label: string, lines: number): SimulatedChip {
  const device = path.join(configFolder, id);
  const bank = path.join(device, 'bank');
  mkdirSync(bank, { recursive: true });
  writeFileSync(path.join(bank, 'label'), label);
  writeFileSync(path.join(bank, 'num_lines'), String(lines));
  writeFileSync(path.join(device, 'live'), '1');

  const parent = textOf(path.join(device, 'dev_name'));
  const name = textOf(path.join(bank, 'chip_name'));
  const outside = (line: number, attribute: string) =>
    `/sys/devices/platform/${parent}/${name}/sim_gpio${line}/${attribute}`;

  return {
    label,
    device: name,
    base: baseOf(parent),
    pull: (line, level) => writeFileSync(outside(line, 'pull'), level ? 'pull-up' : 'pull-down'),
    level: (line) => (textOf(outside(line, 'value')) === '1' ? 1 : 0),
    levelFile: (line) => outside(line, 'value'),
    remove: () => {
      writeFileSync(path.join(device, 'live'), '0');
      rmdirSync(bank);
      rmdirSync(device);
    },
  };
}
