import { HilError } from '../../../harness/base/error.ts';
import { escapeText } from '../../../harness/base/escape.ts';
import type { LineWanted } from './line.ts';

/** A GPIO chip as the kernel lists it. */
export interface Chip {
  /** gpiochip571 in sysfs, gpiochip0 as a device: no name says which chip it is, only the label does. */
  readonly name: string;
  readonly label: string;
  /** How many lines it has. */
  readonly lines: number;
}

/** The chips behind the 40-pin header, by label: Pi 5, Pi 4, older ones (PI.md §1.1). */
const headerLabels = ['pinctrl-rp1', 'pinctrl-bcm2711', 'pinctrl-bcm2835'];

/** Whether it is the chip of the 40-pin header, by its label or by having none in the rig file. */
export const isHeaderChip = (label: string | undefined): boolean =>
  label === undefined || headerLabels.some((header) => label.startsWith(header));

const fits = (label: string, wanted: string | undefined): boolean =>
  wanted === undefined ? isHeaderChip(label) : label === wanted;

const listed = (chips: readonly Chip[]): string =>
  chips.map(({ name, label }) => `${name} [${escapeText(label.slice(0, 80))}]`).join(', ') || 'none';

/**
 * The chip a line of the rig file is on, among those the machine has. By label alone: bases and device names
 * differ between boards, kernels and steppings.
 * @throws GPIO_CHIP_NOT_FOUND when none or more than one has the label, GPIO_LINE_INVALID when it has no such line
 */
export function findChip<C extends Chip>({ key, bcm = 0, chip: wanted }: LineWanted, chips: readonly C[]): C {
  const [chip, another] = chips.filter(({ label }) => fits(label, wanted));
  const sought = wanted === undefined ? headerLabels.join(' or ') : wanted;
  if (!chip || another) {
    const what = chip
      ? `more than one GPIO chip is labelled ${sought}`
      : `no GPIO chip is labelled ${sought}`;
    throw new HilError('GPIO_CHIP_NOT_FOUND', `${key}: ${what}; found: ${listed(chips)}`, {
      remedy: `give the label of its chip as ${key}.chip, or run on the machine the board is wired to`,
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
