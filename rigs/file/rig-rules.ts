import { gpioMistakes } from './gpio-rules.ts';
import { type Mistake, valueAt } from './mistake.ts';

type Rule = (data: unknown) => Mistake | undefined;

const isEmulated = (data: unknown): boolean => valueAt(data, ['control', 'driver']) === 'emulator';

const noPathWhenEmulated: Rule = (data) =>
  isEmulated(data) && valueAt(data, ['serial', 'path']) !== undefined
    ? {
        path: ['serial', 'path'],
        at: 'key',
        text: 'an emulated board makes its own device; remove the key',
      }
    : undefined;

const pathWhenReal: Rule = (data) =>
  !isEmulated(data) && valueAt(data, ['serial', 'path']) === undefined
    ? {
        path: ['serial', 'path'],
        at: 'value',
        text: 'is missing; give the device of the module, as in /dev/serial/by-id/…',
      }
    : undefined;

/** The lock, and what finds other users of the device, go by its place in /dev. */
const wholeDevicePath: Rule = (data) => {
  const device = valueAt(data, ['serial', 'path']);
  if (isEmulated(data) || typeof device !== 'string' || device === '' || device.startsWith('/'))
    return undefined;
  return {
    path: ['serial', 'path'],
    at: 'value',
    text: `is no whole path; a device has one, as in /dev/${device.replace(/^(.*\/)?/, '')}`,
  };
};

const noReopenWhenEmulated: Rule = (data) =>
  isEmulated(data) && valueAt(data, ['serial', 'reopen']) === true
    ? {
        path: ['serial', 'reopen'],
        at: 'key',
        text: 'an emulated board keeps its device while it is off; remove the key',
      }
    : undefined;

/** If the supply is never switched, the adapter never vanishes, and the port would never be opened. */
const supplyWhenReopened: Rule = (data) => {
  const driver = valueAt(data, ['control', 'driver']);
  const lines = driver === 'onoff' || driver === 'gpioset';
  return lines &&
    valueAt(data, ['serial', 'reopen']) === true &&
    valueAt(data, ['control', 'supply']) === undefined
    ? {
        path: ['serial', 'reopen'],
        at: 'key',
        text: 'needs a supply that the board can switch; add control.supply, or remove the key',
      }
    : undefined;
};

const reachableWhenEverywhere: Rule = (data) => {
  const listen = valueAt(data, ['platform', 'listen']);
  const listensEverywhere = typeof listen === 'string' && listen.startsWith('0.0.0.0:');
  if (!listensEverywhere || valueAt(data, ['platform', 'reachableAs']) !== undefined) return undefined;
  return {
    path: ['platform', 'reachableAs'],
    at: 'value',
    text: 'is missing; 0.0.0.0 stands for every address of this machine, so give the one that the module can reach',
  };
};

/** A mapping of NAT leads to one port, so the platform has to listen there each time. */
const fixedPortWhenMapped: Rule = (data) => {
  const listen = valueAt(data, ['platform', 'listen']);
  const reachableAs = valueAt(data, ['platform', 'reachableAs']);
  const mapped = typeof reachableAs === 'string' && reachableAs.includes(':');
  if (!mapped || typeof listen !== 'string' || !listen.endsWith(':0')) return undefined;
  return {
    path: ['platform', 'listen'],
    at: 'value',
    text: 'port 0 is another port in each run; give the port that the one of platform.reachableAs is mapped to',
  };
};

const rules: readonly Rule[] = [
  noPathWhenEmulated,
  pathWhenReal,
  wholeDevicePath,
  noReopenWhenEmulated,
  supplyWhenReopened,
  reachableWhenEverywhere,
  fixedPortWhenMapped,
];

/**
 * Checks the rules between keys. They read the file's plain data, so that they are checked even while other keys
 * are wrong.
 */
export function ruleMistakes(data: unknown): Mistake[] {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return [];
  return [...rules.flatMap((rule) => rule(data) ?? []), ...gpioMistakes(data)];
}
