import type { CommandLayer } from '../board/command-layer.fixture.ts';
import {
  accessQueries,
  after,
  afterAnswers,
  afterEachOf,
  everything,
  type Expectation,
  extendedQueries,
  mac,
  queries,
  sending,
  server,
  shows,
  type Steps,
  unsaved,
} from './fault-expectations.fixture.ts';
import { rebootFaults } from './reboots.ts';

/** The four kinds of CFG-PERSIST-KINDS, an orderly power-off before a cut: what it leaves must not cover that. */
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

const over = afterEachOf(kinds);

/** Everything saved, and all records read after the first boot and after the second. */
const overTwo: Steps = (layer) => {
  for (const command of everything) layer.send(command);
  layer.reboot();
  const first = after('the first boot', sending(...queries)(layer));
  layer.reboot();
  return { ...first, ...after('the second boot', sending(...queries)(layer)) };
};

const losing = (prefix: string, queries: readonly string[]): Expectation[] => [
  [`${prefix}lost-over-soft-reset`, over, after('AT+QRST=1', unsaved(...queries))],
  [`${prefix}lost-over-reset-pin`, over, after('the reset pin', unsaved(...queries))],
  [`${prefix}lost-over-power-off`, over, after('AT+QPOWD=0', unsaved(...queries))],
  [`${prefix}lost-over-supply-cut`, over, after('a supply cut', unsaved(...queries))],
];

shows(rebootFaults, [
  ...losing('', accessQueries),
  ...losing('ex-', extendedQueries),
  ['lost-at-second-boot', overTwo, after('the second boot', unsaved(...accessQueries.slice(1)))],
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
    afterAnswers('AT+QDMPCFG=5,0', 'AT+QDMPCFG=5,4', 'AT+QDMPCFGEX=0,2', server),
    { 'AT+QDMPCFG=5,4': 'reset' },
  ],
]);
