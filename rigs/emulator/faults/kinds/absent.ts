import { ok, refused } from '../../module/answers.ts';
import type { Fault } from '../fault.ts';
import { answerFault } from '../fault-builders.ts';
import { type Match } from '../match-command.ts';

const hasName =
  (name: string): Match =>
  (call) =>
    call.name === name;

/** Commands and forms that are missing, or exist when they should not. */
export const faults: readonly Fault[] = [
  answerFault(
    'no-qdmpcfg',
    'the firmware has no AT+QDMPCFG, like A03',
    ['CFG-TEST', 'CFG-READ'],
    hasName('+QDMPCFG'),
    () => refused(),
  ),
  answerFault(
    'no-qdmpcfgex',
    'the firmware has no AT+QDMPCFGEX',
    ['EX-TEST', 'EX-SAVE-0', 'EX-SAVE-1', 'EX-SAVE-2', 'EX-SAVE-3', 'EX-SAVE-4', 'EX-SAVE-5'],
    hasName('+QDMPCFGEX'),
    () => refused(),
  ),
  answerFault(
    'no-test-form',
    'AT+QDMPCFG=? is refused',
    ['CFG-TEST'],
    (call) => call.name === '+QDMPCFG' && call.form === 'test',
    () => refused(),
  ),
  answerFault(
    'no-ex-test-form',
    'AT+QDMPCFGEX=? is refused',
    ['EX-TEST'],
    (call) => call.name === '+QDMPCFGEX' && call.form === 'test',
    () => refused(),
  ),
  answerFault(
    'ex-read-form',
    'AT+QDMPCFGEX? answers OK, though there is no read form',
    ['EX-NO-READ'],
    (call) => call.name === '+QDMPCFGEX' && call.form === 'read',
    () => ok(),
  ),
];
