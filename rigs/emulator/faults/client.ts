import { accessRecords } from '../dmp/access-records.ts';
import type { Module } from '../module/handler.ts';
import { encryptValue } from '../network/cipher.ts';
import type { Fault } from './fault.ts';
import { planFault, writeItems } from './fault-builders.ts';

/** What a field is while nothing is saved. */
const fallbackOf = (wanted: string, { settings }: Module): string =>
  accessRecords
    .flatMap(({ fields }) => fields)
    .find(({ item }) => item === wanted)
    ?.fallback(settings) ?? '';

const periodOf = ({ active }: Module): number => Number(active.values.get('dm_update_period'));

/** Set once access was enabled; the client that cannot be stopped goes by it. */
const enabledItem = 'fault_enabled';

/** What the LwM2M client does wrong on the air. */
export const clientFaults: readonly Fault[] = [
  planFault('disabled-registers', 'registers though access is disabled', () => ({ enabled: true })),
  {
    ...planFault(
      'disabling-ignored',
      'once access was enabled, disabling it does not count, not even after a reboot',
      ({ enabled }, { nvram }) => ({ enabled: enabled || nvram.read(enabledItem) !== undefined }),
    ),
    booted: (module) => {
      if (module.active.values.get('dm_enable') === '1') writeItems(module, { [enabledItem]: '1' });
    },
  },
  planFault('enabled-silent', 'does not register though access is enabled', () => ({ enabled: false })),
  planFault('server-ignored', 'contacts the default server, whatever is saved', ({ server }, module) => ({
    server: { ...server, address: fallbackOf('dm_access_ip_address', module) },
  })),
  planFault('port-ignored', 'contacts port 5683, whatever is saved', ({ server }, module) => ({
    server: { ...server, port: Number(fallbackOf('dm_port', module)) },
  })),
  planFault('letter-wrong', 'its names begin with the letter of the next terminal type', ({ letter }) => ({
    letter: { I: 'L', L: 'A' }[letter] ?? 'I',
  })),
  planFault(
    'name-imei-wrong',
    "its names have the module's own IMEI, whatever terminal IMEI is saved",
    (_, { settings }) => ({ terminalImei: settings.imei }),
  ),
  planFault('name-key-wrong', 'its names have the default app key, whatever is saved', (_, module) => ({
    appKey: fallbackOf('dm_appkey', module),
  })),
  planFault('key-not-applied', 'encrypts with the default private key, whatever is saved', (_, module) => {
    const seal = (clear: string): string =>
      encryptValue(clear, fallbackOf('dm_pwd', module), module.settings.keyDigest);
    return { encrypt: seal, encodeDeviceInfo: seal };
  }),
  planFault('lifetime-default', 'registers a lifetime of 86400 s, whatever period is saved', () => ({
    lifetimeS: 86_400,
  })),
  planFault('lifetime-shortest', 'registers a lifetime of 300 s, whatever period is saved', () => ({
    lifetimeS: 300,
  })),
  planFault('lifetime-in-minutes', 'registers the period in minutes', ({ lifetimeS }) => ({
    lifetimeS: Math.floor(lifetimeS / 60),
  })),
  planFault('updates-early', 'updates at a quarter of the period', (_, module) => ({
    updateAfterS: periodOf(module) / 4,
  })),
  planFault(
    'updates-late',
    'updates at twice the period, and overlooks the end of the lifetime',
    (_, module) => ({
      updateAfterS: periodOf(module) * 2,
      expiresAfterS: undefined,
    }),
  ),
  planFault('updates-never', 'never updates, and overlooks the end of the lifetime', () => ({
    updateAfterS: undefined,
    expiresAfterS: undefined,
  })),
  planFault('update-path-wrong', 'updates another location than the server gave', () => ({
    updatePath: (location) => [...location.slice(0, -1), 'elsewhere'],
  })),
  planFault('gives-up', 'does not register again after a failure', () => ({ retries: 0 })),
];
