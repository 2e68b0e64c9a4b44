import { gpioMistakes } from './gpio-rules.ts';
import { type Mistake, valueAt } from './schema-mistakes.ts';

type Rule = (data: unknown) => Mistake | undefined;

const emulated = (data: unknown): boolean => valueAt(data, ['control', 'driver']) === 'emulator';

const noPathWhenEmulated: Rule = (data) =>
  emulated(data) && valueAt(data, ['serial', 'path']) !== undefined
    ? {
        path: ['serial', 'path'],
        at: 'key',
        text: 'the emulated board brings its own device; leave the key out',
      }
    : undefined;

const pathWhenReal: Rule = (data) =>
  !emulated(data) && valueAt(data, ['serial', 'path']) === undefined
    ? {
        path: ['serial', 'path'],
        at: 'value',
        text: 'is missing; give the device, as in /dev/serial/by-id/…',
      }
    : undefined;

const noReopenWhenEmulated: Rule = (data) =>
  emulated(data) && valueAt(data, ['serial', 'reopen']) === true
    ? {
        path: ['serial', 'reopen'],
        at: 'key',
        text: 'an emulated board keeps its device while off; leave the key out',
      }
    : undefined;

/** Without a supply that is switched the adapter never vanishes, and nothing would open the port. */
const supplyWhenReopened: Rule = (data) => {
  const driver = valueAt(data, ['control', 'driver']);
  const lines = driver === 'onoff' || driver === 'gpioset';
  return lines &&
    valueAt(data, ['serial', 'reopen']) === true &&
    valueAt(data, ['control', 'supply']) === undefined
    ? {
        path: ['serial', 'reopen'],
        at: 'key',
        text: 'the adapter goes with a supply that this board cannot switch; name it as control.supply, or leave the key out',
      }
    : undefined;
};

const reachableWhenEverywhere: Rule = (data) => {
  const listen = valueAt(data, ['platform', 'listen']);
  const everywhere = typeof listen === 'string' && listen.startsWith('0.0.0.0:');
  if (!everywhere || valueAt(data, ['platform', 'reachableAs']) !== undefined) return undefined;
  return {
    path: ['platform', 'reachableAs'],
    at: 'value',
    text: 'is missing; 0.0.0.0 is every address of this machine: give the one the module is told',
  };
};

const rules: readonly Rule[] = [
  noPathWhenEmulated,
  pathWhenReal,
  noReopenWhenEmulated,
  supplyWhenReopened,
  reachableWhenEverywhere,
];

/**
 * What no single key shows: rules between keys. They look at the file's plain data, so that they are checked
 * even while other keys are wrong.
 */
export function ruleMistakes(data: unknown): Mistake[] {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return [];
  return [...rules.flatMap((rule) => rule(data) ?? []), ...gpioMistakes(data)];
}
