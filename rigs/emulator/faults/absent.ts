import { ok, refused } from '../module/answers.ts';
import type { Fault } from './fault.ts';
import { answering, type Match } from './fault-builders.ts';

const named =
  (name: string): Match =>
  (call) =>
    call.name === name;

/** Commands and forms that a firmware has not, or has when it should not. */
export const absentFaults: readonly Fault[] = [
  answering('no-qdmpcfg', 'the firmware has no AT+QDMPCFG, as A03 has none', named('+QDMPCFG'), () =>
    refused(),
  ),
  answering('no-qdmpcfgex', 'the firmware has no AT+QDMPCFGEX', named('+QDMPCFGEX'), () => refused()),
  answering(
    'no-test-form',
    'AT+QDMPCFG=? is refused',
    (call) => call.name === '+QDMPCFG' && call.form === 'test',
    () => refused(),
  ),
  answering(
    'no-ex-test-form',
    'AT+QDMPCFGEX=? is refused',
    (call) => call.name === '+QDMPCFGEX' && call.form === 'test',
    () => refused(),
  ),
  answering(
    'ex-read-form',
    'AT+QDMPCFGEX? answers OK, though there is no read form',
    (call) => call.name === '+QDMPCFGEX' && call.form === 'read',
    () => ok(),
  ),
];
