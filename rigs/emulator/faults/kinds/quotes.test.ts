import { answersTo, credentials, server, testFaults } from '../fault-expectations.fixture.ts';
import { faults } from './quotes.ts';

const quotedServer = server.replace('117.161.2.7', '"$&"');
const quotedImei = credentials.replace('861234567890123', '"$&"');
const saves = answersTo(server, quotedServer, 'AT+QDMPCFG=4,1', credentials, quotedImei);

testFaults(faults, [
  ['server-unquoted-refused', saves, { [server]: ['50'], [quotedServer]: ['OK'] }],
  ['imei-unquoted-refused', saves, { [credentials]: ['50'], [quotedImei]: ['OK'] }],
]);
