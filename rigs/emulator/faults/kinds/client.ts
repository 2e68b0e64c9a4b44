import type { Module } from '../../module/handler.ts';
import { encryptValue } from '../../network/cipher.ts';
import { fallbackOf } from '../../network/client-plan.ts';
import type { Fault } from '../fault.ts';
import { planFault, writeItems } from '../fault-builders.ts';

const periodOf = ({ active }: Module): number => Number(active.values.get('dm_update_period'));

/** The item that is set once access was enabled. */
const enabledItem = 'fault_enabled';

export const faults: readonly Fault[] = [
  planFault('disabled-registers', 'registers though access is disabled', ['STATE-DISABLED'], () => ({
    enabled: true,
  })),
  {
    ...planFault(
      'disabling-ignored',
      'disabling access has no effect once it was enabled, not even after a reboot',
      ['CFG-APPLY-WIRE', 'STATE-DISABLED'],
      ({ enabled }, { nvram }) => ({ enabled: enabled || nvram.read(enabledItem) !== undefined }),
    ),
    booted: (module) => {
      if (module.active.values.get('dm_enable') === '1') writeItems(module, { [enabledItem]: '1' });
    },
  },
  planFault(
    'enabled-silent',
    'does not register though access is enabled',
    ['CFG-APPLY-WIRE', 'WIRE-REACHED'],
    () => ({ enabled: false }),
  ),
  planFault(
    'server-ignored',
    'contacts the default server instead of the saved one',
    ['CFG-APPLY-WIRE', 'WIRE-REACHED'],
    ({ server }, module) => ({
      server: { ...server, address: fallbackOf('dm_access_ip_address', module.settings) },
    }),
  ),
  planFault(
    'port-ignored',
    'contacts port 5683 instead of the saved port',
    ['CFG-APPLY-WIRE', 'WIRE-REACHED'],
    ({ server }, module) => ({
      server: { ...server, port: Number(fallbackOf('dm_port', module.settings)) },
    }),
  ),
  planFault(
    'letter-wrong',
    'its endpoint names begin with the letter of the next terminal type',
    ['WIRE-TML'],
    ({ letter }) => ({
      letter: { I: 'L', L: 'A' }[letter] ?? 'I',
    }),
  ),
  planFault(
    'name-imei-wrong',
    "its endpoint names contain the module's own IMEI instead of the saved terminal IMEI",
    ['WIRE-TML'],
    (_, { settings }) => ({ terminalImei: settings.imei }),
  ),
  planFault(
    'name-key-wrong',
    'its endpoint names contain the default app key instead of the saved one',
    ['WIRE-TML'],
    (_, module) => ({
      appKey: fallbackOf('dm_appkey', module.settings),
    }),
  ),
  planFault(
    'key-not-applied',
    'encrypts with the default private key instead of the saved one',
    ['WIRE-KEY'],
    (_, module) => {
      const encrypt = (clear: string): string =>
        encryptValue(clear, fallbackOf('dm_pwd', module.settings), module.settings.keyDigest);
      return { encrypt, encodeDeviceInfo: encrypt };
    },
  ),
  planFault(
    'lifetime-default',
    'registers a lifetime of 86400 s instead of the saved period',
    ['WIRE-LIFETIME'],
    () => ({
      lifetimeS: 86_400,
    }),
  ),
  planFault(
    'lifetime-shortest',
    'registers a lifetime of 300 s instead of the saved period',
    ['WIRE-LIFETIME'],
    () => ({
      lifetimeS: 300,
    }),
  ),
  planFault(
    'lifetime-in-minutes',
    'registers the period in minutes instead of seconds',
    ['WIRE-LIFETIME'],
    ({ lifetimeS }) => ({
      lifetimeS: Math.floor(lifetimeS / 60),
    }),
  ),
  planFault('updates-early', 'updates after a quarter of the period', ['STATE-UPDATE-TIME'], (_, module) => ({
    updateAfterS: periodOf(module) / 4,
  })),
  planFault(
    'updates-late',
    'updates after twice the period, and ignores the end of the lifetime',
    ['STATE-UPDATE-TIME'],
    (_, module) => ({
      updateAfterS: periodOf(module) * 2,
      expiresAfterS: undefined,
    }),
  ),
  planFault('updates-never', 'never updates, and ignores the end of the lifetime', ['STATE-UPDATE'], () => ({
    updateAfterS: undefined,
    expiresAfterS: undefined,
  })),
  planFault(
    'update-path-wrong',
    'sends updates to another location than the one the server gave',
    ['STATE-UPDATE'],
    () => ({
      updatePath: (location) => [...location.slice(0, -1), 'elsewhere'],
    }),
  ),
];
