import { answersTo, location, mac, savedAnswers, server, testFaults } from '../fault-expectations.fixture.ts';
import { faults } from './absent.ts';

const [read, test, query] = ['AT+QDMPCFG?', 'AT+QDMPCFG=?', 'AT+QDMPCFG=4,1'] as const;
const [extendedRead, extendedTest, extendedQuery] = [
  'AT+QDMPCFGEX?',
  'AT+QDMPCFGEX=?',
  'AT+QDMPCFGEX=1,1',
] as const;
const forms = answersTo(read, test, server, query, extendedRead, extendedTest, mac, extendedQuery);
/** An unknown command is plain ERROR, for every AT+CMEE (TRANSCRIPTS.md §15). */
const unknown = ['ERROR'];

testFaults(faults, [
  ['no-qdmpcfg', forms, { [read]: unknown, [test]: unknown, [server]: unknown, [query]: unknown }],
  [
    'no-qdmpcfgex',
    forms,
    { [extendedRead]: unknown, [extendedTest]: unknown, [mac]: unknown, [extendedQuery]: unknown },
  ],
  ['no-test-form', forms, { [test]: unknown }],
  ['no-ex-test-form', forms, { [extendedTest]: unknown }],
  ['ex-read-form', forms, { [extendedRead]: ['OK'] }],
  ['type-6-refused', answersTo('AT+QDMPCFG=6', query), { 'AT+QDMPCFG=6': ['50'] }],
  [
    'ex-type-5-refused',
    answersTo(location, 'AT+QDMPCFGEX=5,1', 'AT+QDMPCFGEX=5,2', mac),
    { [location]: ['50'], 'AT+QDMPCFGEX=5,1': ['50'], 'AT+QDMPCFGEX=5,2': ['50'] },
  ],
  [
    'ex-act-2-refused',
    answersTo(mac, 'AT+QDMPCFGEX=1,2', extendedQuery),
    { 'AT+QDMPCFGEX=1,2': ['50'], [extendedQuery]: savedAnswers(extendedQuery)[extendedQuery] },
  ],
]);
