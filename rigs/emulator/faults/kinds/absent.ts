import { ok, refused } from '../../module/answers.ts';
import type { Fault } from '../fault.ts';
import { answerFault, refuseValue } from '../fault-builders.ts';
import { type Match, matchAccess, matchExtended } from '../match-command.ts';

const hasName =
  (name: string): Match =>
  (call) =>
    call.name === name;

/** Commands, forms and members that are missing, or exist when they should not. */
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
  answerFault(
    'type-6-refused',
    'AT+QDMPCFG=6 is refused, as if there were no access state',
    ['CFG-TYPE-MEMBERS', 'CFG-STATE'],
    matchAccess(/^6/),
    (_, module) => refuseValue(module),
  ),
  answerFault(
    'ex-type-5-refused',
    'AT+QDMPCFGEX has no type 5, location',
    ['EX-SAVE-5', 'EX-READ-5', 'EX-ERASE-5', 'EX-TYPE-MEMBERS'],
    matchExtended(/^5,/),
    (_, module) => refuseValue(module),
  ),
  answerFault(
    'ex-act-2-refused',
    'AT+QDMPCFGEX has no act 2, erase',
    ['EX-ERASE-0', 'EX-ERASE-1', 'EX-ERASE-2', 'EX-ERASE-3', 'EX-ERASE-4', 'EX-ERASE-5', 'EX-ACT-MEMBERS'],
    matchExtended(/^\d,2$/),
    (_, module) => refuseValue(module),
  ),
];
