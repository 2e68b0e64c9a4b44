import { HilError } from '../../../harness/base/error.ts';
import { escapeText } from '../../../harness/base/escape.ts';
import type { LineWanted } from './line.ts';

/** A GPIO chip as the kernel lists it. */
export interface Chip {
  /** gpiochip571 in sysfs, gpiochip0 in /dev. Only the label tells which chip it is. */
  readonly name: string;
  readonly label: string;
  /** How many lines it has. */
  readonly lines: number;
}

/** The chips behind the 40-pin header, by label: Pi 5, Pi 4, older ones (PI.md §1.1). */
const headerLabels = ['pinctrl-rp1', 'pinctrl-bcm2711', 'pinctrl-bcm2835'];

/** Whether a label of the rig file means the chip of the 40-pin header; no label means it, too. */
export const isHeaderChip = (label: string | undefined): boolean =>
  label === undefined || headerLabels.some((header) => label.startsWith(header));

const matches = (label: string, wanted: string | undefined): boolean =>
  wanted === undefined ? isHeaderChip(label) : label === wanted;

const listText = (chips: readonly Chip[]): string =>
  chips.map(({ name, label }) => `${name} [${escapeText(label.slice(0, 80))}]`).join(', ') || 'none';

/**
 * Finds the chip of a line among those of the machine, by its label: bases and device names differ between boards,
 * kernels and steppings.
 * @throws GPIO_CHIP_NOT_FOUND if none or more than one has the label, GPIO_LINE_INVALID if it has no such line
 */
export function findChip<C extends Chip>({ key, bcm = 0, chip: wanted }: LineWanted, chips: readonly C[]): C {
  const [chip, another] = chips.filter(({ label }) => matches(label, wanted));
  const sought = wanted === undefined ? headerLabels.join(' or ') : wanted;
  if (!chip || another) {
    const what = chip
      ? `more than one GPIO chip has the label ${sought}`
      : `no GPIO chip has the label ${sought}`;
    throw new HilError('GPIO_CHIP_NOT_FOUND', `${key}: ${what}; found: ${listText(chips)}`, {
      remedy: `give the label of the chip as ${key}.chip, or run on the machine that the board is wired to`,
    });
  }
  if (bcm >= chip.lines)
    throw new HilError(
      'GPIO_LINE_INVALID',
      `${key}: ${chip.label} has no line ${bcm}, only 0 to ${chip.lines - 1}`,
      {
        remedy: `correct ${key}.bcm`,
      },
    );
  return chip;
}
