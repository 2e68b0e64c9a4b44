import type { CommandLayer } from '../board/command-layer.fixture.ts';
import { erasingFaults } from './erasing.ts';
import {
  accessQueries,
  after,
  afterEachOf,
  everything,
  type Expectation,
  extendedQueries,
  saved,
  type Seen,
  sending,
  shows,
  unsaved,
  upon,
} from './fault-expectations.fixture.ts';

const [queryMode = '', queryServer = '', queryCredentials = ''] = accessQueries;
const types = [0, 1, 2, 3, 4, 5];
const eraseExtended = (type: number): string => `AT+QDMPCFGEX=${type},2`;
const erases = [...[0, 1, 2, 3, 4].map((option) => `AT+QDMPCFG=5,${option}`), ...types.map(eraseExtended)];

/** Each erase upon everything saved, and what is left of that. */
const left = afterEachOf(
  Object.fromEntries(erases.map((command) => [command, (layer: CommandLayer) => void layer.send(command)])),
);

/** What one extended erase leaves when it takes this as well. */
const afterExtended = (lost: (type: number) => readonly string[]): Seen =>
  Object.assign({}, ...types.map((type) => after(eraseExtended(type), unsaved(...lost(type))))) as Seen;

shows(erasingFaults, [
  ['erase-mode-nothing', left, after('AT+QDMPCFG=5,0', saved(queryMode))],
  ['erase-server-nothing', left, after('AT+QDMPCFG=5,1', saved(queryServer))],
  ['erase-credentials-nothing', left, after('AT+QDMPCFG=5,2', saved(queryCredentials))],
  ['erase-all-nothing', left, after('AT+QDMPCFG=5,4', saved(...accessQueries))],
  ['erase-server-too-much', left, after('AT+QDMPCFG=5,1', unsaved(queryMode, queryCredentials))],
  ['erase-mode-too-much', left, after('AT+QDMPCFG=5,0', unsaved(queryServer))],
  ['erase-credentials-too-much', left, after('AT+QDMPCFG=5,2', unsaved(queryMode))],
  [
    'erase-credentials-keeps-type',
    left,
    after('AT+QDMPCFG=5,2', {
      [queryCredentials]: ['+QDMPCFG: 2,M100000089,95Go****,1,863703030822519', 'OK'],
    }),
  ],
  ['erase-all-misses-credentials', left, after('AT+QDMPCFG=5,4', saved(queryCredentials))],
  ['erase-all-takes-extended', left, after('AT+QDMPCFG=5,4', unsaved(...extendedQueries))],
  [
    'erase-in-use-at-once',
    (layer) => {
      sending(...everything)(layer);
      layer.reboot();
      return sending('AT+QDMPCFG=5,1', 'AT+QDMPCFG?', 'AT+QDMPCFG=5,4', 'AT+QDMPCFG?')(layer);
    },
    {
      'AT+QDMPCFG?': [
        '+QDMPCFG: 0,0',
        '+QDMPCFG: 1,117.161.2.41,5683,86400',
        '+QDMPCFG: 2,M200000001,95Go****,1,861234567890123',
        'OK',
      ],
      'AT+QDMPCFG? (2)': [
        '+QDMPCFG: 0,1',
        '+QDMPCFG: 1,117.161.2.41,5683,86400',
        '+QDMPCFG: 2,M100000089,95Go****,0,863703030822519',
        'OK',
      ],
    },
  ],
  ...types.map((type): Expectation => [
    `ex-erase-${type}-nothing`,
    left,
    after(eraseExtended(type), saved(`AT+QDMPCFGEX=${type},1`)),
  ]),
  [
    'ex-erase-all',
    left,
    afterExtended((type) => extendedQueries.filter((query) => query !== `AT+QDMPCFGEX=${type},1`)),
  ],
  ['ex-erase-takes-server', left, afterExtended(() => [queryServer])],
  ['reserved-erase-erases', left, after('AT+QDMPCFG=5,3', unsaved(queryServer))],
  ['reserved-type-saves', upon('AT+QDMPCFG=0,1', 'AT+QDMPCFG=3,1'), { [queryMode]: ['+QDMPCFG: 0,0', 'OK'] }],
]);
