import { isRefused } from '../../module/answers.ts';
import type { Fault } from '../fault.ts';
import { answerFault, byteFault } from '../fault-builders.ts';
import { isActiveRead, isCmdmp, type Match, matchAccess, matchExtended } from '../match-command.ts';

const isWrite: Match = (call) => isCmdmp(call) && call.form === 'write';

/** A fault that puts bytes before the first value of line 1 of the read form. */
const strayBytesFault = (id: string, name: string, breaks: Fault['breaks'], bytes: string): Fault =>
  byteFault(id, `line 1 of the read form contains ${name}`, breaks, isActiveRead, (answer) =>
    answer.replace('+QDMPCFG: 1,', (start) => start + bytes),
  );

/** A fault that answers a save with the saved record before its OK. @param query the parameters that ask for a record */
const savesShowRecord = (
  id: string,
  save: string,
  breaks: Fault['breaks'],
  match: Match,
  query: (type: string) => string,
): Fault =>
  answerFault(id, `${save} answers the saved record before OK`, breaks, match, (call, _, next) => {
    const answer = next(call);
    if (isRefused(answer)) return answer;
    return { ...answer, lines: next({ ...call, parameters: query(call.parameters[0] ?? '') }).lines };
  });

/** Wrong final results, framing and bytes. */
export const faults: readonly Fault[] = [
  byteFault(
    'error-with-line',
    'every error comes with an information line',
    ['ERR-ALONE'],
    isCmdmp,
    (answer) => answer.replace(/^(?=\r\n(\+CME ERROR: .*|ERROR)\r\n$)/, '\r\n+QDMPCFG: invalid\r\n'),
  ),
  byteFault(
    'error-with-named-line',
    'every error comes with a line of another name, +QDMPERR',
    ['ERR-ALONE'],
    isCmdmp,
    (answer) => answer.replace(/^(?=\r\n(\+CME ERROR: .*|ERROR)\r\n$)/, '\r\n+QDMPERR: 50\r\n'),
  ),
  byteFault(
    'two-final-results',
    'a second OK follows every write form',
    ['AT-ONE-FINAL'],
    isWrite,
    (answer) => answer.replace(/\r\nOK\r\n$/, '$&$&'),
  ),
  byteFault(
    'line-after-final',
    'an information line follows the OK of a read',
    ['AT-ONE-FINAL'],
    isActiveRead,
    (answer) => answer.replace(/\r\nOK\r\n$/, '$&\r\n+QDMPCFG: 0,1\r\n'),
  ),
  answerFault(
    'no-final-result',
    'the read form ends without OK',
    ['AT-ONE-FINAL'],
    isActiveRead,
    (call, _, next) => ({
      ...next(call),
      result: 'none',
    }),
  ),
  byteFault(
    'error-without-blank',
    'no blank follows the colon of an error',
    ['ERR-FORM'],
    isCmdmp,
    (answer) => answer.replace('+CME ERROR: ', '+CME ERROR:'),
  ),
  savesShowRecord(
    'saves-show-record',
    'a save of AT+QDMPCFG',
    ['CFG-OK-ALONE'],
    matchAccess(/^[012],/),
    (type) => `4,${type}`,
  ),
  savesShowRecord(
    'ex-saves-show-record',
    'a save of AT+QDMPCFGEX',
    ['EX-OK-ALONE'],
    matchExtended(/^\d,0,/),
    (type) => `${type},1`,
  ),
  byteFault('final-unframed', 'no CR LF follows OK', ['AT-FRAME'], isWrite, (answer) =>
    answer.replace(/OK\r\n$/, 'OK'),
  ),
  byteFault('line-feed-missing', 'information lines end with CR alone', ['AT-FRAME'], isCmdmp, (answer) =>
    answer.replace(/(\+QDMPCFG.*)\r\n/g, '$1\r'),
  ),
  strayBytesFault('nul-in-answer', 'a NUL byte', ['AT-FRAME', 'CFG-READ-1'], '\x00'),
  strayBytesFault('escape-in-answer', 'an ESC byte', ['AT-FRAME', 'CFG-READ-1'], '\x1b[31m'),
  strayBytesFault('ff-in-answer', 'a 0xff byte', ['AT-FRAME', 'CFG-READ-1'], '\xff'),
  strayBytesFault('cdata-end-in-answer', 'the text ]]>', ['AT-FRAME', 'CFG-READ-1'], ']]>'),
  {
    id: 'cme-text-at-1',
    describe: 'with AT+CMEE=1 the two commands show an error as text',
    breaks: ['ERR-CMEE'],
    bytes: (answer, call, module) =>
      isCmdmp(call) && module.session.cmee === 1
        ? answer.replace(/\+CME ERROR: \d+/, '+CME ERROR: incorrect parameters')
        : answer,
  },
  {
    id: 'cme-number-at-0',
    describe: 'with AT+CMEE=0 the two commands show an error as a number',
    breaks: ['ERR-CMEE'],
    bytes: (answer, call, module) =>
      isCmdmp(call) && module.session.cmee === 0
        ? answer.replace(/\r\nERROR\r\n$/, '\r\n+CME ERROR: 50\r\n')
        : answer,
  },
  answerFault(
    'error-code-unknown',
    'errors have code 900, which no standard defines',
    ['ERR-CODES'],
    isCmdmp,
    (call, _, next) => {
      const answer = next(call);
      return isRefused(answer) ? { lines: [], result: { error: 900 } } : answer;
    },
  ),
  answerFault(
    'reserved-query-silent',
    'the reserved =4,3 gets no answer',
    ['AT-ONE-FINAL'],
    matchAccess(/^4,3$/),
    () => ({
      lines: [],
      result: 'none',
    }),
  ),
];
