import {
  answersTo,
  credentials,
  mode,
  server,
  type Steps,
  testFaults,
} from '../fault-expectations.fixture.ts';
import { faults } from './in-use.ts';

const read = 'AT+QDMPCFG?';

/** The values in use while nothing is saved, and with all saved, before and after a reboot. */
const inUse: Steps = (layer) => {
  const seen = {
    ...answersTo(read, mode, server, credentials)(layer),
    'before the reboot': layer.send(read),
  };
  layer.reboot();
  return { ...seen, 'after it': layer.send(read) };
};

const lines = (first: string, second: string, third: string): string[] => [
  `+QDMPCFG: 0,${first}`,
  `+QDMPCFG: 1,${second}`,
  `+QDMPCFG: 2,${third}`,
  'OK',
];
const defaults = ['1', '117.161.2.41,5683,86400', 'M100000089,95Go****,0,863703030822519'] as const;
const [mode1, server1, credentials1] = defaults;
const allSaved = ['0', '117.161.2.7,5683,420', 'M200000001,95Go****,1,861234567890123'] as const;

testFaults(faults, [
  ['default-mode-wrong', inUse, untilSaved('0', server1, credentials1)],
  ['default-server-wrong', inUse, untilSaved(mode1, '117.161.2.7,5683,86400', credentials1)],
  ['default-port-wrong', inUse, untilSaved(mode1, '117.161.2.41,5684,86400', credentials1)],
  ['default-period-wrong', inUse, untilSaved(mode1, '117.161.2.41,5683,3600', credentials1)],
  ['default-terminal-type-wrong', inUse, untilSaved(mode1, server1, 'M100000089,95Go****,1,863703030822519')],
  ['erased-zeros-in-use', inUse, untilSaved('0', '0.0.0.0,0,0', credentials1)],
  ['never-applied', inUse, { 'after it': lines(...defaults) }],
  ['applied-at-once', inUse, { 'before the reboot': lines(...allSaved) }],
]);

/** These values are in use until the reboot after the saves. */
function untilSaved(...values: [string, string, string]) {
  return { [read]: lines(...values), 'before the reboot': lines(...values) };
}
