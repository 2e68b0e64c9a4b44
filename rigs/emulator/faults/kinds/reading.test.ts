import { openCommandLayer } from '../../board/command-layer.fixture.ts';
import {
  accessQueries,
  afterSavingAll,
  extendedQueries,
  location,
  mode,
  queries,
  readsAfterReboot,
  savedAnswers,
  server,
  testFaults,
  unsavedAnswers,
} from '../fault-expectations.fixture.ts';
import { faults } from './reading.ts';

/** The same as `readsAfterReboot`, before the reboot. */
const early = afterSavingAll('AT+QDMPCFG?');

const line0 = '+QDMPCFG: 0,0';
const line1 = '+QDMPCFG: 1,117.161.2.7,5683,420';
const line2 = '+QDMPCFG: 2,M200000001,95Go****,1,861234567890123';
const readAs = (...shown: readonly string[]) => ({ 'AT+QDMPCFG?': [...shown, 'OK'] });

const quoted = [
  '+QDMPCFG: 0,"0"',
  '+QDMPCFG: 1,"117.161.2.7","5683","420"',
  '+QDMPCFG: 2,"M200000001","95Go****","1","861234567890123"',
];
const extendedQuoted = [
  '0,"Douyin|FW1|990650|9123;QQ|FW03|11650|92551"',
  '1,"00-01-6c-06-A6-29"',
  '2,"4096KB","4095KB","MT2625","FREE RTOS"',
  '3,"BC26NBR01A07","Quectel"',
  '4,"off","NB-IoT","XY05553867549","18009699999"',
  '5,"31.8438799075,117.2025477950,OTDOA"',
];
/** Every answer that has lines. */
const renamed = Object.fromEntries(
  Object.entries({
    ...readAs(line0, line1, line2),
    ...savedAnswers(...queries),
    'AT+QDMPCFG=6': ['+QDMPCFG: 6,0', 'OK'],
  }).map(([command, answer]) => [command, answer.map((line) => line.replace('+QDMPCFG', '+DMPCFG'))]),
);

/** The extended records with a tab before the first value. */
const tabbed = Object.fromEntries(
  Object.entries(savedAnswers(...extendedQueries) as Record<string, string[]>).map(([command, answer]) => [
    command,
    answer.map((line) => line.replace(',', ',\t')),
  ]),
);

/** The extended records without the command's name. */
const unprefixed = Object.fromEntries(
  Object.entries(savedAnswers(...extendedQueries) as Record<string, string[]>).map(([command, answer]) => [
    command,
    answer.map((line) => line.replace('+QDMPCFGEX: ', '')),
  ]),
);

testFaults(faults, [
  ['query-mode-wrong', readsAfterReboot, { 'AT+QDMPCFG=4,0': ['+QDMPCFG: 0,1', 'OK'] }],
  ['query-server-wrong', readsAfterReboot, { 'AT+QDMPCFG=4,1': ['+QDMPCFG: 1,117.161.2.7,5684,420', 'OK'] }],
  [
    'query-credentials-wrong',
    readsAfterReboot,
    { 'AT+QDMPCFG=4,2': ['+QDMPCFG: 2,M200000001,95Go****,0,861234567890123', 'OK'] },
  ],
  ['query-unprefixed', readsAfterReboot, { 'AT+QDMPCFG=4,2': [line2.replace('+QDMPCFG: ', ''), 'OK'] }],
  ['ex-read-unprefixed', readsAfterReboot, unprefixed],
  ['read-shows-saved', early, readAs(line0, line1, line2)],
  ['query-shows-active', early, unsavedAnswers(...accessQueries)],
  [
    'values-quoted',
    readsAfterReboot,
    {
      ...readAs(...quoted),
      ...Object.fromEntries(quoted.map((line, n) => [`AT+QDMPCFG=4,${n}`, [line, 'OK']])),
    },
  ],
  [
    'ex-values-quoted',
    readsAfterReboot,
    Object.fromEntries(
      extendedQuoted.map((line, type) => [`AT+QDMPCFGEX=${type},1`, [`+QDMPCFGEX: ${line}`, 'OK']]),
    ),
  ],
  ['state-outside-list', readsAfterReboot, { 'AT+QDMPCFG=6': ['+QDMPCFG: 6,3', 'OK'] }],
  ['prefix-wrong', readsAfterReboot, renamed],
  [
    'ex-type-4-swapped',
    readsAfterReboot,
    { 'AT+QDMPCFGEX=4,1': ['+QDMPCFGEX: 4,NB-IoT,off,XY05553867549,18009699999', 'OK'] },
  ],
  ['ex-read-tabbed', readsAfterReboot, tabbed],
  ['ex-read-stale', early, unsavedAnswers(...extendedQueries)],
]);

describe('values in quotes', () => {
  const quoting = faults.filter(({ id }) => id === 'values-quoted' || id === 'ex-values-quoted');

  test.each([
    [location, 'AT+QDMPCFGEX=5,1', '+QDMPCFGEX: 5,"31.8438799075,117.2025477950,OTDOA"'],
    ['AT+QDMPCFGEX=3,0,"SW,1","Meter"', 'AT+QDMPCFGEX=3,1', '+QDMPCFGEX: 3,"SW,1","Meter"'],
    [mode, 'AT+QDMPCFG=4,0', '+QDMPCFG: 0,"0"'],
    [server, 'AT+QDMPCFG=4,1', '+QDMPCFG: 1,"117.161.2.7","5683","420"'],
    [
      'AT+QDMPCFG=2,"M1,2","95GoSecret",1,863703030822519',
      'AT+QDMPCFG=4,2',
      '+QDMPCFG: 2,"M1,2","95Go****","1","863703030822519"',
    ],
  ])('%s', (save, read, expected) => {
    const layer = openCommandLayer(quoting);
    layer.send(save);
    expect(layer.send(read)).toEqual([expected, 'OK']);
  });
});

describe('a reading that is wrong now and then', () => {
  const twelve = Array<string>(12).fill('AT+QDMPCFG=4,1');

  test.each([
    ['query-server-rarely-wrong', '+QDMPCFG: 1,117.161.2.41,5684,86400\r\n'],
    ['line-broken-into', '+QDMPCFG: 1,117\r\n+CSCON: 1\r\n.161.2.41,5683,86400\r\n'],
  ])('%s: the twelfth is', (id, twelfth) => {
    const layer = openCommandLayer(faults.filter((fault) => fault.id === id));
    const answers = twelve.map((command) => layer.bytes(command));
    const right = openCommandLayer().bytes('AT+QDMPCFG=4,1');
    expect(answers.slice(0, -1)).toEqual(Array(11).fill(right));
    expect(answers.at(-1)).toContain(twelfth);
  });
});
