import { encryptValue } from '../../network/cipher.ts';
import { answerUpdates, refuseAll } from '../../network/client-on-air.fixture.ts';
import { testFaults } from '../fault-expectations.fixture.ts';
import { allSaves, disabled, enabled, PERIOD_S, watchAfterSaving } from '../watched-client.fixture.ts';
import { faults } from './client-early.ts';

const NOT_FOUND = 0x84;
/** Registers, is told something else, updates, is refused, and registers again. */
const midLife = (...meanwhile: readonly string[]) =>
  watchAfterSaving({ answers: answerUpdates(refuseAll(NOT_FOUND)), seconds: PERIOD_S, meanwhile });
/** The same of a client that access is disabled for. */
const atRest = (...meanwhile: readonly string[]) =>
  watchAfterSaving({ seconds: 60, meanwhile }, [...allSaves, disabled]);

const clear = (imei: string, last: string, appKey = 'M200000001'): string =>
  `L ${imei}-****-460001234567890-${last} ${appKey} ${imei} v2.0`;
const atBoot = clear('861234567890123', 'v2.0');
/** The name of the registration, and those that the client has in mid-life. */
const renamed = (of: (last: string) => string) => ({
  names: [atBoot, of('v2.0')],
  'names of updates': [of('****')],
});
/** The client starts at its next look. */
const started = {
  packets: [[16.5, 'POST rd']],
  states: [
    [15.5, 4],
    [16.5, 6],
  ],
  state: 6,
  servers: ['127.0.0.1:5700'],
  names: [atBoot],
  lifetimes: ['420'],
  objects: ['</>;rt="oma.lwm2m",</0/0>,</666/0>'],
};

testFaults(faults, [
  [
    'wire-server-early',
    midLife('AT+QDMPCFG=1,127.0.0.2,5701,420'),
    { servers: ['127.0.0.1:5700', '127.0.0.2:5701'] },
  ],
  ['wire-period-early', midLife('AT+QDMPCFG=1,127.0.0.1,5700,300'), { lifetimes: ['420', '300'] }],
  [
    'wire-imei-early',
    midLife('AT+QDMPCFG=2,"M200000001","vector-3",1,861234567890124'),
    renamed((last) => clear('861234567890124', last)),
  ],
  [
    'wire-key-early',
    midLife('AT+QDMPCFG=2,"M200000001","vector-4",1,861234567890123'),
    renamed((last) => {
      const part = encryptValue(`861234567890123-****-460001234567890-${last}`, 'vector-4', 'full');
      return `L not by the saved key: ${part} M200000001 861234567890123 v2.0`;
    }),
  ],
  [
    'wire-disabled-early',
    midLife(disabled),
    {
      packets: [[1.5, 'POST rd']],
      states: [
        [0.5, 4],
        [1.5, 6],
      ],
      'names of updates': [],
    },
  ],
  ['wire-enabled-early', atRest(enabled), started],
  [
    'wire-erased-early',
    midLife('AT+QDMPCFG=5,2'),
    renamed((last) => clear('863703030822519', last, 'M100000089')),
  ],
  ['wire-mode-erased-early', atRest('AT+QDMPCFG=5,0'), started],
]);
