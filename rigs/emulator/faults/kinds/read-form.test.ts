import { readsAfterReboot, testFaults } from '../fault-expectations.fixture.ts';
import { faults } from './read-form.ts';

const line0 = '+QDMPCFG: 0,0';
const line1 = '+QDMPCFG: 1,117.161.2.7,5683,420';
const line2 = '+QDMPCFG: 2,M200000001,95Go****,1,861234567890123';
const readAs = (...shown: readonly string[]) => ({ 'AT+QDMPCFG?': [...shown, 'OK'] });

testFaults(faults, [
  ['read-order-wrong', readsAfterReboot, readAs(line0, line2, line1)],
  ['read-line-0-missing', readsAfterReboot, readAs(line1, line2)],
  ['read-line-doubled', readsAfterReboot, readAs(line0, line1, line1, line2)],
  ['read-period-before-port', readsAfterReboot, readAs(line0, '+QDMPCFG: 1,117.161.2.7,420,5683', line2)],
  [
    'read-imei-before-type',
    readsAfterReboot,
    readAs(line0, line1, '+QDMPCFG: 2,M200000001,95Go****,861234567890123,1'),
  ],
]);
