import {
  actionsAfter,
  afterSavingAll,
  answersTo,
  appInfo,
  hardware,
  location,
  mac,
  server,
  testFaults,
  unsavedAnswers,
} from '../fault-expectations.fixture.ts';
import { faults } from './parsing.ts';

const surplus = answersTo(
  `${server},9`,
  'AT+QDMPCFG=4,1,9',
  'AT+QDMPCFG=5,4,9',
  'AT+QDMPCFG=3,9',
  `${mac},"9"`,
  'AT+QDMPCFGEX=1,1,"9"',
);
const members = answersTo(
  ...['-1', '3', '7', '9', '4,-1', '4,3', '4,4', '4,5', '5,3', '5,5', '5,6'].map(
    (rest) => `AT+QDMPCFG=${rest}`,
  ),
  ...['-1,1', '6,1', '9,1', '1,-1', '1,3', '1,9'].map((rest) => `AT+QDMPCFGEX=${rest}`),
);
const partial = afterSavingAll(
  'AT+QDMPCFG=1,10.0.0.9,1',
  'AT+QDMPCFG=1,10.0.0.9',
  'AT+QDMPCFGEX=3,0,"other"',
  'AT+QDMPCFGEX=4,0,"on"',
);
const nulls = answersTo('AT+QDMPCFGEX=1,0,"NULL"', 'AT+QDMPCFGEX=1,0,"null"', 'AT+QDMPCFGEX=5,0,"NULLS"');

const unclosed = ['AT+QDMPCFGEX=1,0,"00', 'AT+QDMPCFG=2,"a","b,0,1'];
const okTo = (...commands: readonly string[]) =>
  Object.fromEntries(commands.map((command) => [command, ['OK']]));

testFaults(faults, [
  [
    'surplus-accepted',
    surplus,
    {
      ...okTo(`${server},9`, 'AT+QDMPCFG=5,4,9'),
      'AT+QDMPCFG=4,1,9': ['+QDMPCFG: 1,117.161.2.7,5683,420', 'OK'],
    },
  ],
  ['ex-surplus-accepted', surplus, okTo(`${mac},"9"`)],
  ['type-7-accepted', members, okTo('AT+QDMPCFG=7', 'AT+QDMPCFG=9')],
  ['type-negative-accepted', members, okTo('AT+QDMPCFG=-1')],
  ['query-4-accepted', members, okTo('AT+QDMPCFG=4,4')],
  ['erase-5-accepted', members, okTo('AT+QDMPCFG=5,5')],
  ['ex-type-6-accepted', members, okTo('AT+QDMPCFGEX=6,1', 'AT+QDMPCFGEX=9,1')],
  ['ex-act-3-accepted', members, okTo('AT+QDMPCFGEX=1,3', 'AT+QDMPCFGEX=1,9')],
  [
    'ex-arity-wrong',
    afterSavingAll('AT+QDMPCFGEX=2,0,"a","b","c"'),
    {
      [hardware]: ['50'],
      ...okTo('AT+QDMPCFGEX=2,0,"a","b","c"'),
      'AT+QDMPCFGEX=2,1': ['+QDMPCFGEX: 2,a,b,c,NULL', 'OK'],
    },
  ],
  ['semicolon-splits', afterSavingAll(), { [appInfo]: ['50'], ...unsavedAnswers('AT+QDMPCFGEX=0,1') }],
  ['comma-splits', afterSavingAll(), { [location]: ['50'], ...unsavedAnswers('AT+QDMPCFGEX=5,1') }],
  [
    'bar-lost',
    afterSavingAll(),
    { 'AT+QDMPCFGEX=0,1': ['+QDMPCFGEX: 0,DouyinFW19906509123;QQFW031165092551', 'OK'] },
  ],
  [
    'blank-lost',
    afterSavingAll(),
    { 'AT+QDMPCFGEX=2,1': ['+QDMPCFGEX: 2,4096KB,4095KB,MT2625,FREERTOS', 'OK'] },
  ],
  [
    'end-blanks-lost',
    answersTo('AT+QDMPCFGEX=1,0," 0 0 "', 'AT+QDMPCFGEX=1,1'),
    { 'AT+QDMPCFGEX=1,1': ['+QDMPCFGEX: 1, 0 0', 'OK'] },
  ],
  [
    'hyphen-lost',
    afterSavingAll(),
    {
      'AT+QDMPCFGEX=1,1': ['+QDMPCFGEX: 1,00016c06A629', 'OK'],
      'AT+QDMPCFGEX=4,1': ['+QDMPCFGEX: 4,off,NBIoT,XY05553867549,18009699999', 'OK'],
    },
  ],
  [
    'ex-upper-cased',
    afterSavingAll(),
    {
      'AT+QDMPCFGEX=0,1': ['+QDMPCFGEX: 0,DOUYIN|FW1|990650|9123;QQ|FW03|11650|92551', 'OK'],
      'AT+QDMPCFGEX=1,1': ['+QDMPCFGEX: 1,00-01-6C-06-A6-29', 'OK'],
      'AT+QDMPCFGEX=3,1': ['+QDMPCFGEX: 3,BC26NBR01A07,QUECTEL', 'OK'],
      'AT+QDMPCFGEX=4,1': ['+QDMPCFGEX: 4,OFF,NB-IOT,XY05553867549,18009699999', 'OK'],
    },
  ],
  [
    'ex-null-kept',
    afterSavingAll('AT+QDMPCFGEX=3,0,"NULL","Other"'),
    { 'AT+QDMPCFGEX=3,1': ['+QDMPCFGEX: 3,BC26NBR01A07,Other', 'OK'] },
  ],
  ['ex-null-refused', nulls, { 'AT+QDMPCFGEX=1,0,"NULL"': ['50'] }],
  [
    'unclosed-quote-resets',
    actionsAfter(mac, ...unclosed),
    Object.fromEntries(unclosed.map((command) => [command, 'reset'])),
  ],
  ['partial-refused-saved', partial, { 'AT+QDMPCFG=4,1': ['+QDMPCFG: 1,10.0.0.9,1,420', 'OK'] }],
  ['ex-partial-refused-saved', partial, { 'AT+QDMPCFGEX=3,1': ['+QDMPCFGEX: 3,other,Quectel', 'OK'] }],
]);
