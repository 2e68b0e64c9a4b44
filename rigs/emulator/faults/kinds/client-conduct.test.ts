import type { BootCause } from '../../module/handler.ts';
import { encryptValue } from '../../network/cipher.ts';
import { type Steps, testFaults } from '../fault-expectations.fixture.ts';
import {
  allSaves,
  disabled,
  PERIOD_S,
  sendAndReboot,
  server,
  watchAfterSaving,
  watchClient,
} from '../watched-client.fixture.ts';
import { faults } from './client-conduct.ts';

const long = watchAfterSaving({ seconds: PERIOD_S * 3.2 });
const credentials = (key: string, imei = '861234567890123'): string =>
  `AT+QDMPCFG=2,"M200000001","${key}",1,${imei}`;
const longKey = 'vector-3vector-3vector-3vector-3';

/** Saves everything, then these credentials, and watches the client after each of the two reboots. */
const withCredentials =
  (...commands: readonly string[]): Steps =>
  (layer) => {
    sendAndReboot(layer, ...allSaves, server);
    for (const command of commands) sendAndReboot(layer, command);
    return watchClient(layer, { seconds: PERIOD_S });
  };

/** Watches the client after a boot of each kind. */
const afterEachBoot: Steps = (layer) => {
  sendAndReboot(layer, ...allSaves);
  const causes: readonly BootCause[] = ['soft', 'reset', 'power-key'];
  return Object.fromEntries(
    causes.map((cause) => {
      layer.reboot(cause);
      return [cause, watchClient(layer, { seconds: 12 })['packets']];
    }),
  );
};

const registration = [1.5, 'POST rd'];
const accepted = (at: readonly number[]) => ({
  packets: [registration, ...at.map((s) => [s, 'POST rd/a1b2c3d4e5'])],
  states: [[0.5, 4], [1.5, 6], ...at.map((s) => [s, 11])],
});
const named = (of: (last: string) => string) => ({
  names: [of('v2.0')],
  'names of updates': [of('****')],
});
const asSavedFirst = named(
  (last) => `L 861234567890123-****-460001234567890-${last} M200000001 861234567890123 v2.0`,
);
/** Names that another key encrypts. */
const encryptedWith = (key: string) =>
  named((last) => {
    const part = encryptValue(`861234567890123-****-460001234567890-${last}`, key, 'full');
    return `L not by the saved key: ${part} M200000001 861234567890123 v2.0`;
  });

testFaults(faults, [
  ['updates-once', long, accepted([379.5])],
  ['updates-twice', long, accepted([379.5, 757.5])],
  ['second-update-late', long, accepted([379.5, 883.5, 1261.5])],
  [
    'registers-twice',
    watchAfterSaving({ seconds: PERIOD_S }),
    {
      packets: [registration, [21.5, 'POST rd'], [399.5, 'POST rd/a1b2c3d4e5']],
      states: [
        [0.5, 4],
        [1.5, 6],
        [21.5, 6],
        [399.5, 11],
      ],
    },
  ],
  [
    'disabled-registers-late',
    watchAfterSaving({ seconds: 500 }, [...allSaves, disabled]),
    {
      packets: [[481.5, 'POST rd']],
      states: [
        [480.5, 4],
        [481.5, 6],
      ],
      state: 6,
      servers: ['127.0.0.1:5700'],
      names: asSavedFirst.names,
      lifetimes: ['420'],
      objects: ['</>;rt="oma.lwm2m",</0/0>,</666/0>'],
    },
  ],
  ['silent-after-reset-pin', afterEachBoot, { reset: [] }],
  ['silent-after-power-on', afterEachBoot, { 'power-key': [] }],
  ['silent-after-soft-reset', afterEachBoot, { soft: [] }],
  ['key-cut-on-wire', withCredentials(credentials(longKey)), encryptedWith(longKey.slice(0, 16))],
  ['key-alike-4-kept', withCredentials(credentials('vector-4')), asSavedFirst],
  [
    'key-alike-16-kept',
    withCredentials(credentials(longKey), credentials(`${longKey.slice(0, 16)}other`)),
    encryptedWith(longKey),
  ],
  ['name-imei-cut', withCredentials(credentials('vector-3', '86123456789012345')), asSavedFirst],
]);
