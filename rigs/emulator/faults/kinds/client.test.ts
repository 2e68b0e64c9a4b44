import { encryptValue } from '../../network/cipher.ts';
import { defaultSettings } from '../../settings/settings.ts';
import { testFaults } from '../fault-expectations.fixture.ts';
import {
  allSaves,
  disabled,
  PERIOD_S,
  sendAndReboot,
  watchAfterSaving,
  watchClient,
} from '../watched-client.fixture.ts';
import { faults } from './client.ts';

/** Long enough for an update at twice the period. */
const long = watchAfterSaving({ seconds: PERIOD_S * 2.2 });

const registration = [1.5, 'POST rd'];
const updatesAt = (at: readonly number[], path = 'rd/a1b2c3d4e5') => ({
  packets: [registration, ...at.map((s) => [s, `POST ${path}`])],
});
const statesAt = (updates: readonly number[]) => ({
  states: [[0.5, 4], [1.5, 6], ...updates.map((s) => [s, 11])],
});
const registered = {
  packets: [registration],
  servers: ['127.0.0.1:5700'],
  names: ['L 861234567890123-****-460001234567890-v2.0 M200000001 861234567890123 v2.0'],
  lifetimes: ['420'],
  objects: ['</>;rt="oma.lwm2m",</0/0>,</666/0>'],
  ...statesAt([]),
  state: 6,
};
const nothing = { packets: [], servers: [], names: [], lifetimes: [], objects: [], states: [], state: 0 };
const named = (of: (last: string) => string) => ({
  names: [of('v2.0')],
  'names of updates': [of('****')],
});
const early = [1, 2, 3, 4, 5, 6, 7, 8].map((count) => 1.5 + (count * PERIOD_S) / 4);
const late = [1.5 + PERIOD_S * 2];

testFaults(faults, [
  ['disabled-registers', watchAfterSaving({ seconds: 10 }, [...allSaves, disabled]), registered],
  [
    'disabling-ignored',
    (layer) => {
      sendAndReboot(layer, ...allSaves);
      sendAndReboot(layer, disabled);
      return watchClient(layer, { seconds: 10 });
    },
    registered,
  ],
  ['enabled-silent', long, { ...nothing, 'names of updates': [] }],
  ['server-ignored', long, { servers: ['117.161.2.41:5700'] }],
  ['port-ignored', long, { servers: ['127.0.0.1:5683'] }],
  [
    'letter-wrong',
    long,
    named((last) => `A 861234567890123-****-460001234567890-${last} M200000001 861234567890123 v2.0`),
  ],
  [
    'name-imei-wrong',
    long,
    named((last) => `L 863703030822519-****-460001234567890-${last} M200000001 863703030822519 v2.0`),
  ],
  [
    'name-key-wrong',
    long,
    named((last) => `L 861234567890123-****-460001234567890-${last} M100000089 861234567890123 v2.0`),
  ],
  [
    'key-not-applied',
    long,
    named((last) => {
      const part = encryptValue(
        `861234567890123-****-460001234567890-${last}`,
        defaultSettings.defaultPassword,
        'full',
      );
      return `L not by the saved key: ${part} M200000001 861234567890123 v2.0`;
    }),
  ],
  ['lifetime-default', long, { lifetimes: ['86400'] }],
  ['lifetime-shortest', long, { lifetimes: ['300'] }],
  ['lifetime-in-minutes', long, { lifetimes: ['7'] }],
  ['updates-early', long, { ...updatesAt(early), ...statesAt(early) }],
  ['updates-late', long, { ...updatesAt(late), ...statesAt(late) }],
  ['updates-never', long, { ...updatesAt([]), 'names of updates': [], ...statesAt([]), state: 6 }],
  ['update-path-wrong', long, updatesAt([379.5, 757.5], 'rd/elsewhere')],
]);
