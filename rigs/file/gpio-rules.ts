import { type Mistake, valueAt } from './mistake.ts';

const lineNames = ['powerKey', 'reset', 'supply', 'powered'] as const;
const drivingNames = lineNames.filter((name) => name !== 'powered');

interface Line {
  readonly name: string;
  readonly bcm: unknown;
  readonly chip: unknown;
  readonly sysfs: unknown;
}

function linesOf(data: unknown): Line[] {
  const line = (name: string, key: string): unknown => valueAt(data, ['control', name, key]);
  return lineNames
    .filter((name) => valueAt(data, ['control', name]) !== undefined)
    .map((name) => ({ name, bcm: line(name, 'bcm'), chip: line(name, 'chip'), sysfs: line(name, 'sysfs') }));
}

const mistakeAt = (at: 'key' | 'value', name: string, key: string, text: string): Mistake => ({
  path: ['control', name, key],
  at,
  text,
});

/** GPIO 0 and 1 are the header's ID EEPROM; 28 and above are not on it (PI.md §1.1). */
const onHeader = (bcm: unknown): boolean => typeof bcm !== 'number' || (bcm >= 2 && bcm <= 27);

function mistakeOf({ name, bcm, chip, sysfs }: Line, driver: unknown): Mistake | undefined {
  if (bcm === undefined && sysfs === undefined)
    return mistakeAt('value', name, 'bcm', 'is missing; give the BCM number of the line, as in 17');
  if (sysfs !== undefined && driver === 'gpioset')
    return mistakeAt(
      'key',
      name,
      'sysfs',
      'gpioset knows no sysfs numbers; give bcm instead, and chip if the line is not on the header',
    );
  if (sysfs !== undefined && (bcm !== undefined || chip !== undefined))
    return mistakeAt(
      'key',
      name,
      'sysfs',
      'names the line a second time; give either sysfs alone, or bcm and chip',
    );
  if (chip === undefined && !onHeader(bcm))
    return mistakeAt(
      'value',
      name,
      'bcm',
      'is not on the 40-pin header, which has 2 to 27; for a line of another chip, add the label of the chip as chip',
    );
  return undefined;
}

/** One line cannot be wired to two inputs of the module. */
function doubleUseMistakes(lines: readonly Line[]): Mistake[] {
  const identify = ({ bcm, chip, sysfs }: Line): string => JSON.stringify([bcm, chip, sysfs]);
  return lines.flatMap((line, index) => {
    const first = lines.slice(0, index).find((other) => identify(other) === identify(line));
    if (!first || (line.bcm === undefined && line.sysfs === undefined)) return [];
    const key = line.sysfs === undefined ? 'bcm' : 'sysfs';
    return [
      mistakeAt('value', line.name, key, `is also the line of control.${first.name}; give each its own line`),
    ];
  });
}

/** Checks the rules between the keys of a GPIO driver; other drivers have none. */
export function gpioMistakes(data: unknown): Mistake[] {
  const driver = valueAt(data, ['control', 'driver']);
  if (driver !== 'onoff' && driver !== 'gpioset') return [];
  const lines = linesOf(data);
  if (!drivingNames.some((name) => lines.some((line) => line.name === name)))
    return [
      {
        path: ['control'],
        at: 'value',
        text: `drives no line; give at least one of ${drivingNames.join(', ')}`,
      },
    ];
  return [...lines.flatMap((line) => mistakeOf(line, driver) ?? []), ...doubleUseMistakes(lines)];
}
