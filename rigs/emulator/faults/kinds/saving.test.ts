import {
  afterSavingAll,
  credentials,
  type Expectation,
  mac,
  mode,
  server,
  software,
  testFaults,
  unsavedAnswers,
} from '../fault-expectations.fixture.ts';
import { faults } from './saving.ts';

testFaults(faults, [
  ['save-mode-forgotten', afterSavingAll(), unsavedAnswers('AT+QDMPCFG=4,0')],
  ['save-server-forgotten', afterSavingAll(), unsavedAnswers('AT+QDMPCFG=4,1')],
  ['save-credentials-forgotten', afterSavingAll(), unsavedAnswers('AT+QDMPCFG=4,2')],
  [
    'save-period-forgotten',
    afterSavingAll(),
    { 'AT+QDMPCFG=4,1': ['+QDMPCFG: 1,117.161.2.7,5683,86400', 'OK'] },
  ],
  ...[0, 1, 2, 3, 4, 5].map((type): Expectation => [
    `ex-save-${type}-forgotten`,
    afterSavingAll(),
    unsavedAnswers(`AT+QDMPCFGEX=${type},1`),
  ]),
  [
    'long-address-spoils-period',
    afterSavingAll('AT+QDMPCFG=1,192.168.100.200,5684,300'),
    { 'AT+QDMPCFG=4,1': ['+QDMPCFG: 1,192.168.100.200,5684,30', 'OK'] },
  ],
  [
    'long-key-spoils-imei',
    afterSavingAll('AT+QDMPCFG=2,"M200000001","95GoSecretLonger",1,861234567890123'),
    { 'AT+QDMPCFG=4,2': ['+QDMPCFG: 2,M200000001,95Go****,1,86123456789012', 'OK'] },
  ],
  ['save-server-resets-mode', afterSavingAll(server), unsavedAnswers('AT+QDMPCFG=4,0')],
  ['save-mode-resets-server', afterSavingAll(mode), unsavedAnswers('AT+QDMPCFG=4,1')],
  ['save-credentials-resets-server', afterSavingAll(credentials), unsavedAnswers('AT+QDMPCFG=4,1')],
  ['ex-save-resets-another', afterSavingAll(software), unsavedAnswers('AT+QDMPCFGEX=2,1')],
  ['save-server-erases-location', afterSavingAll(server), unsavedAnswers('AT+QDMPCFGEX=5,1')],
  [
    'ex-save-disables-access',
    afterSavingAll('AT+QDMPCFG=0,1', mac),
    { 'AT+QDMPCFG=4,0': ['+QDMPCFG: 0,0', 'OK'] },
  ],
  [
    'refused-server-half-saved',
    afterSavingAll('AT+QDMPCFG=1,10.0.0.9,5684,299'),
    { 'AT+QDMPCFG=4,1': ['+QDMPCFG: 1,10.0.0.9,5683,420', 'OK'] },
  ],
  [
    'ex-refused-half-saved',
    afterSavingAll(`AT+QDMPCFGEX=2,0,"other","ram","${'c'.repeat(20)}","os"`),
    { 'AT+QDMPCFGEX=2,1': ['+QDMPCFGEX: 2,other,4095KB,MT2625,FREE RTOS', 'OK'] },
  ],
]);
