import { type Mistake, valueAt } from './schema-mistakes.ts';

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

const at = (where: 'key' | 'value', name: string, key: string, text: string): Mistake => ({
  path: ['control', name, key],
  at: where,
  text,
});

/** GPIO 0 and 1 are the header's ID EEPROM; 28 and above are not on it (PI.md §1.1). */
const onHeader = (bcm: unknown): boolean => typeof bcm !== 'number' || (bcm >= 2 && bcm <= 27);

function mistakeOf({ name, bcm, chip, sysfs }: Line, driver: unknown): Mistake | undefined {
  if (bcm === undefined && sysfs === undefined)
    return at('value', name, 'bcm', 'is missing; give the BCM number of the line, as in 17');
  if (sysfs !== undefined && driver === 'gpioset')
    return at(
      'key',
      name,
      'sysfs',
      'gpioset knows no sysfs numbers; give bcm, and chip where it is not the header',
    );
  if (sysfs !== undefined && (bcm !== undefined || chip !== undefined))
    return at('key', name, 'sysfs', 'names the line a second time; give it alone, or bcm and chip');
  if (chip === undefined && !onHeader(bcm))
    return at(
      'value',
      name,
      'bcm',
      'is not on the 40-pin header, which has 2 to 27; for another chip give its label as chip',
    );
  return undefined;
}

/** One line cannot be wired to two things. */
function doubleUse(lines: readonly Line[]): Mistake[] {
  const name = ({ bcm, chip, sysfs }: Line): string => JSON.stringify([bcm, chip, sysfs]);
  return lines.flatMap((line, index) => {
    const first = lines.slice(0, index).find((other) => name(other) === name(line));
    if (!first || (line.bcm === undefined && line.sysfs === undefined)) return [];
    const key = line.sysfs === undefined ? 'bcm' : 'sysfs';
    return [at('value', line.name, key, `is the line of control.${first.name}, too; give each its own`)];
  });
}

/** The rules between the keys of a GPIO driver; none for other drivers. */
export function gpioMistakes(data: unknown): Mistake[] {
  const driver = valueAt(data, ['control', 'driver']);
  if (driver !== 'onoff' && driver !== 'gpioset') return [];
  const lines = linesOf(data);
  if (!drivingNames.some((name) => lines.some((line) => line.name === name)))
    return [
      {
        path: ['control'],
        at: 'value',
        text: `drives nothing; give at least one of ${drivingNames.join(', ')}`,
      },
    ];
  return [...lines.flatMap((line) => mistakeOf(line, driver) ?? []), ...doubleUse(lines)];
}
