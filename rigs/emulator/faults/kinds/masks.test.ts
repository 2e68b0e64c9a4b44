import { readsAfterReboot, testFaults } from '../fault-expectations.fixture.ts';
import { faults } from './masks.ts';

const line2 = (key: string): string => `+QDMPCFG: 2,M200000001,${key},1,861234567890123`;
const keyRead = (key: string) => ({
  'AT+QDMPCFG?': ['+QDMPCFG: 0,0', '+QDMPCFG: 1,117.161.2.7,5683,420', line2(key), 'OK'],
});
const keyQueried = (key: string) => ({ 'AT+QDMPCFG=4,2': [line2(key), 'OK'] });

testFaults(faults, [
  ['key-leaked-read', readsAfterReboot, keyRead('95GoSecret')],
  ['key-leaked-query', readsAfterReboot, keyQueried('95GoSecret')],
  ['five-characters-read', readsAfterReboot, keyRead('95GoS****')],
  ['five-characters-query', readsAfterReboot, keyQueried('95GoS****')],
  ['key-tail-read', readsAfterReboot, keyRead('95Go****cret')],
  ['key-tail-query', readsAfterReboot, keyQueried('95Go****cret')],
  ['five-stars-read', readsAfterReboot, keyRead('95Go*****')],
  ['five-stars-query', readsAfterReboot, keyQueried('95Go*****')],
]);
