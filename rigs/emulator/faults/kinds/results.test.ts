import {
  answerBytes,
  answersTo,
  mac,
  type Results,
  server,
  type Steps,
  testFaults,
} from '../fault-expectations.fixture.ts';
import { faults } from './results.ts';

const read = 'AT+QDMPCFG?';
const query = 'AT+QDMPCFG=4,1';
const wrong = 'AT+QDMPCFG=0,2';
const extendedRead = 'AT+QDMPCFGEX=1,1';
const extendedWrong = 'AT+QDMPCFGEX=1,0,""""';

/** The bytes of every kind of answer, with AT+CMEE=0. */
const bytes = answerBytes('AT', 'AT+CFUN=9', read, query, server, wrong, extendedRead, mac, extendedWrong);

/** The same errors by AT+CMEE; the first is one of another command. */
const errors: Steps = (layer) =>
  Object.assign(
    {},
    ...[0, 1, 2].map((cmee) => {
      layer.send(`AT+CMEE=${cmee}`);
      return Object.fromEntries(
        ['AT+CFUN=9', wrong, extendedWrong].map((command) => [`${command} at ${cmee}`, layer.bytes(command)]),
      );
    }),
  ) as Results;

/** The lines of the read form; `start` stands before the first value of line 1. */
const lines = (end: string, start = ''): string =>
  [
    '+QDMPCFG: 0,1',
    `+QDMPCFG: 1,${start}117.161.2.41,5683,86400`,
    '+QDMPCFG: 2,M100000089,95Go****,0,863703030822519',
  ]
    .map((line) => line + end)
    .join('');
const queried = '\r\n+QDMPCFG: 1,117.161.2.41,5683,86400\r\n';
const extended = '\r\n+QDMPCFGEX: 1,NULL\r\n';
const OK = '\r\nOK\r\n';
const readUp = `\r\n${lines('\r\n')}`;
const spoilt = (start: string) => ({ [read]: `\r\n${lines('\r\n', start)}${OK}` });

testFaults(faults, [
  [
    'error-with-line',
    bytes,
    {
      [wrong]: '\r\n+QDMPCFG: invalid\r\n\r\nERROR\r\n',
      [extendedWrong]: '\r\n+QDMPCFG: invalid\r\n\r\nERROR\r\n',
    },
  ],
  [
    'error-with-named-line',
    bytes,
    {
      [wrong]: '\r\n+QDMPERR: 50\r\n\r\nERROR\r\n',
      [extendedWrong]: '\r\n+QDMPERR: 50\r\n\r\nERROR\r\n',
    },
  ],
  [
    'two-final-results',
    bytes,
    { [server]: OK + OK, [mac]: OK + OK, [query]: queried + OK + OK, [extendedRead]: extended + OK + OK },
  ],
  ['line-after-final', bytes, { [read]: `${readUp}${OK}\r\n+QDMPCFG: 0,1\r\n` }],
  ['no-final-result', bytes, { [read]: readUp }],
  [
    'final-unframed',
    bytes,
    {
      [server]: '\r\nOK',
      [mac]: '\r\nOK',
      [query]: `${queried}\r\nOK`,
      [extendedRead]: `${extended}\r\nOK`,
    },
  ],
  [
    'line-feed-missing',
    bytes,
    {
      [read]: `\r\n${lines('\r')}${OK}`,
      [query]: queried.replace(/\n$/, '') + OK,
      [extendedRead]: extended.replace(/\n$/, '') + OK,
    },
  ],
  [
    'error-without-blank',
    errors,
    Object.fromEntries(
      [wrong, extendedWrong].flatMap((command) => [
        [`${command} at 1`, '\r\n+CME ERROR:50\r\n'],
        [`${command} at 2`, '\r\n+CME ERROR:incorrect parameters\r\n'],
      ]),
    ),
  ],
  ['saves-show-record', bytes, { [server]: '\r\n+QDMPCFG: 1,117.161.2.7,5683,420\r\n' + OK }],
  ['ex-saves-show-record', bytes, { [mac]: '\r\n+QDMPCFGEX: 1,00-01-6c-06-A6-29\r\n' + OK }],
  ['nul-in-answer', bytes, spoilt('\x00')],
  ['escape-in-answer', bytes, spoilt('\x1b[31m')],
  ['ff-in-answer', bytes, spoilt('\xff')],
  ['cdata-end-in-answer', bytes, spoilt(']]>')],
  [
    'cme-text-at-1',
    errors,
    {
      [`${wrong} at 1`]: '\r\n+CME ERROR: incorrect parameters\r\n',
      [`${extendedWrong} at 1`]: '\r\n+CME ERROR: incorrect parameters\r\n',
    },
  ],
  [
    'cme-number-at-0',
    errors,
    { [`${wrong} at 0`]: '\r\n+CME ERROR: 50\r\n', [`${extendedWrong} at 0`]: '\r\n+CME ERROR: 50\r\n' },
  ],
  [
    'error-code-unknown',
    answersTo('AT+CFUN=9', read, server, wrong, extendedWrong),
    { [wrong]: ['900'], [extendedWrong]: ['900'] },
  ],
  [
    'reserved-query-silent',
    answersTo('AT+QDMPCFG=4,0', 'AT+QDMPCFG=4,3', 'AT+QDMPCFG=5,3', 'AT+QDMPCFGEX=3,1'),
    { 'AT+QDMPCFG=4,3': ['none'] },
  ],
]);
