import type { CommandLayer } from '../../board/command-layer.fixture.ts';
import {
  accessQueries,
  actionsAfter,
  allSaves,
  answersTo,
  type Expectation,
  extendedQueries,
  labelAfter,
  mac,
  queries,
  readAfterEach,
  server,
  type Steps,
  testFaults,
  unsavedAnswers,
} from '../fault-expectations.fixture.ts';
import { faults } from './reboots.ts';

/** The four kinds of CFG-PERSIST-KINDS. The orderly power-off comes before the cut, which must not profit from it. */
const kinds = {
  'AT+QRST=1': (layer) => {
    layer.send('AT+QRST=1');
    layer.reboot('soft');
  },
  'the reset pin': (layer) => {
    layer.reboot('reset');
  },
  'AT+QPOWD=0': (layer) => {
    layer.send('AT+QPOWD=0');
    layer.reboot('power-key');
  },
  'a supply cut': (layer) => {
    layer.reboot('power-key');
  },
} satisfies Record<string, (layer: CommandLayer) => void>;

const over = readAfterEach(kinds);

/** Saves everything, and reads all records after the first boot and after the second. */
const overTwo: Steps = (layer) => {
  for (const command of allSaves) layer.send(command);
  layer.reboot();
  const first = labelAfter('the first boot', answersTo(...queries)(layer));
  layer.reboot();
  return { ...first, ...labelAfter('the second boot', answersTo(...queries)(layer)) };
};

const losing = (prefix: string, queries: readonly string[]): Expectation[] => [
  [`${prefix}lost-over-soft-reset`, over, labelAfter('AT+QRST=1', unsavedAnswers(...queries))],
  [`${prefix}lost-over-reset-pin`, over, labelAfter('the reset pin', unsavedAnswers(...queries))],
  [`${prefix}lost-over-power-off`, over, labelAfter('AT+QPOWD=0', unsavedAnswers(...queries))],
  [`${prefix}lost-over-supply-cut`, over, labelAfter('a supply cut', unsavedAnswers(...queries))],
];

testFaults(faults, [
  ...losing('', accessQueries),
  ...losing('ex-', extendedQueries),
  ['lost-at-second-boot', overTwo, labelAfter('the second boot', unsavedAnswers(...accessQueries.slice(1)))],
  [
    'mode-1-lost-at-boot',
    (layer) => {
      layer.send('AT+QDMPCFG=0,1');
      layer.reboot('soft');
      return answersTo('AT+QDMPCFG=4,0')(layer);
    },
    { 'AT+QDMPCFG=4,0': ['+QDMPCFG: 0,0', 'OK'] },
  ],
  [
    'nvram-torn',
    (layer) => {
      for (const command of [server, mac]) layer.send(command);
      return { transactions: layer.commits.map((changes) => [...changes.keys()]) };
    },
    { transactions: [['dm_access_ip_address'], ['dm_port'], ['dm_update_period'], ['dm_ex_mac']] },
  ],
  [
    'boots-twice',
    (layer) => ({
      'power key': layer.reboot('power-key'),
      'reset pin': layer.reboot('reset'),
      'AT+QRST=1': layer.reboot('soft'),
    }),
    { 'power key': 2, 'reset pin': 2, 'AT+QRST=1': 2 },
  ],
  [
    'resets-on-erase',
    actionsAfter('AT+QDMPCFG=5,0', 'AT+QDMPCFG=5,4', 'AT+QDMPCFGEX=0,2', server),
    { 'AT+QDMPCFG=5,4': 'reset' },
  ],
]);
