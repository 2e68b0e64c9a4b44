import type { CommandLayer } from '../../board/command-layer.fixture.ts';
import {
  accessQueries,
  afterSavingAll,
  allSaves,
  answersTo,
  type Expectation,
  extendedQueries,
  labelAfter,
  readAfterEach,
  type Results,
  savedAnswers,
  testFaults,
  unsavedAnswers,
} from '../fault-expectations.fixture.ts';
import { faults } from './erasing.ts';

const [queryMode = '', queryServer = '', queryCredentials = ''] = accessQueries;
const types = [0, 1, 2, 3, 4, 5];
const eraseExtended = (type: number): string => `AT+QDMPCFGEX=${type},2`;
const erases = [...[0, 1, 2, 3, 4].map((option) => `AT+QDMPCFG=5,${option}`), ...types.map(eraseExtended)];

/** Saves everything before each erase, and reads what is left after it. */
const left = readAfterEach(
  Object.fromEntries(erases.map((command) => [command, (layer: CommandLayer) => void layer.send(command)])),
);

/** The results after each extended erase if it erases `lost` as well. */
const afterExtended = (lost: (type: number) => readonly string[]): Results =>
  Object.assign(
    {},
    ...types.map((type) => labelAfter(eraseExtended(type), unsavedAnswers(...lost(type)))),
  ) as Results;

testFaults(faults, [
  ['erase-mode-nothing', left, labelAfter('AT+QDMPCFG=5,0', savedAnswers(queryMode))],
  ['erase-server-nothing', left, labelAfter('AT+QDMPCFG=5,1', savedAnswers(queryServer))],
  ['erase-credentials-nothing', left, labelAfter('AT+QDMPCFG=5,2', savedAnswers(queryCredentials))],
  ['erase-all-nothing', left, labelAfter('AT+QDMPCFG=5,4', savedAnswers(...accessQueries))],
  ['erase-server-too-much', left, labelAfter('AT+QDMPCFG=5,1', unsavedAnswers(queryMode, queryCredentials))],
  ['erase-mode-too-much', left, labelAfter('AT+QDMPCFG=5,0', unsavedAnswers(queryServer))],
  ['erase-credentials-too-much', left, labelAfter('AT+QDMPCFG=5,2', unsavedAnswers(queryMode))],
  [
    'erase-credentials-keeps-type',
    left,
    labelAfter('AT+QDMPCFG=5,2', {
      [queryCredentials]: ['+QDMPCFG: 2,M100000089,95Go****,1,863703030822519', 'OK'],
    }),
  ],
  ['erase-all-misses-credentials', left, labelAfter('AT+QDMPCFG=5,4', savedAnswers(queryCredentials))],
  ['erase-all-takes-extended', left, labelAfter('AT+QDMPCFG=5,4', unsavedAnswers(...extendedQueries))],
  [
    'erase-in-use-at-once',
    (layer) => {
      answersTo(...allSaves)(layer);
      layer.reboot();
      return answersTo('AT+QDMPCFG=5,1', 'AT+QDMPCFG?', 'AT+QDMPCFG=5,4', 'AT+QDMPCFG?')(layer);
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
    labelAfter(eraseExtended(type), savedAnswers(`AT+QDMPCFGEX=${type},1`)),
  ]),
  [
    'ex-erase-all',
    left,
    afterExtended((type) => extendedQueries.filter((query) => query !== `AT+QDMPCFGEX=${type},1`)),
  ],
  ['ex-erase-takes-server', left, afterExtended(() => [queryServer])],
  ['reserved-erase-erases', left, labelAfter('AT+QDMPCFG=5,3', unsavedAnswers(queryServer))],
  ['reserved-query-erases', afterSavingAll('AT+QDMPCFG=4,3'), unsavedAnswers(queryCredentials)],
  [
    'reserved-type-saves',
    afterSavingAll('AT+QDMPCFG=0,1', 'AT+QDMPCFG=3,1'),
    { [queryMode]: ['+QDMPCFG: 0,0', 'OK'] },
  ],
]);
