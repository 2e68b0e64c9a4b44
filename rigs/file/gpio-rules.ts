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

/** The UART of the header by its names, and its pins. `/dev/serial0` is another one on a Pi 5 (rigs/PI.md, step 3). */
const headerUart = ['/dev/ttyAMA0', '/dev/ttyS0'];
const uartPins: Readonly<Record<number, string>> = { 14: 'TXD', 15: 'RXD' };

/** A pin that the UART uses cannot be a line, too: driving it would end the conversation with the module. */
function uartPinMistakes(lines: readonly Line[], device: unknown): Mistake[] {
  if (typeof device !== 'string' || !headerUart.includes(device)) return [];
  return lines.flatMap(({ name, bcm, chip }) => {
    const pin = typeof bcm === 'number' && chip === undefined ? uartPins[bcm] : undefined;
    if (pin === undefined) return [];
    return [mistakeAt('value', name, 'bcm', `is ${pin} of the serial port ${device}; give another line`)];
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
  return [
    ...lines.flatMap((line) => mistakeOf(line, driver) ?? []),
    ...doubleUseMistakes(lines),
    ...uartPinMistakes(lines, valueAt(data, ['serial', 'path'])),
  ];
}
