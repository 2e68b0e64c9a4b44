import {
  credentials,
  type Expectation,
  mac,
  mode,
  server,
  shows,
  software,
  unsaved,
  upon,
} from './fault-expectations.fixture.ts';
import { savingFaults } from './saving.ts';

shows(savingFaults, [
  ['save-mode-forgotten', upon(), unsaved('AT+QDMPCFG=4,0')],
  ['save-server-forgotten', upon(), unsaved('AT+QDMPCFG=4,1')],
  ['save-credentials-forgotten', upon(), unsaved('AT+QDMPCFG=4,2')],
  ['save-period-forgotten', upon(), { 'AT+QDMPCFG=4,1': ['+QDMPCFG: 1,117.161.2.7,5683,86400', 'OK'] }],
  ...[0, 1, 2, 3, 4, 5].map((type): Expectation => [
    `ex-save-${type}-forgotten`,
    upon(),
    unsaved(`AT+QDMPCFGEX=${type},1`),
  ]),
  ['save-server-resets-mode', upon(server), unsaved('AT+QDMPCFG=4,0')],
  ['save-mode-resets-server', upon(mode), unsaved('AT+QDMPCFG=4,1')],
  ['save-credentials-resets-server', upon(credentials), unsaved('AT+QDMPCFG=4,1')],
  ['ex-save-resets-another', upon(software), unsaved('AT+QDMPCFGEX=2,1')],
  ['save-server-erases-location', upon(server), unsaved('AT+QDMPCFGEX=5,1')],
  ['ex-save-disables-access', upon('AT+QDMPCFG=0,1', mac), { 'AT+QDMPCFG=4,0': ['+QDMPCFG: 0,0', 'OK'] }],
  [
    'refused-server-half-saved',
    upon('AT+QDMPCFG=1,10.0.0.9,5684,299'),
    { 'AT+QDMPCFG=4,1': ['+QDMPCFG: 1,10.0.0.9,5683,420', 'OK'] },
  ],
  [
    'ex-refused-half-saved',
    upon(`AT+QDMPCFGEX=2,0,"other","ram","${'c'.repeat(20)}","os"`),
    { 'AT+QDMPCFGEX=2,1': ['+QDMPCFGEX: 2,other,4095KB,MT2625,FREE RTOS', 'OK'] },
  ],
]);
