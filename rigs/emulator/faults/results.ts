import { isRefused } from '../module/answers.ts';
import type { Fault } from './fault.ts';
import { answering, configures, garbling, isDmp, type Match, readsActive } from './fault-builders.ts';

const isWrite: Match = (call) => isDmp(call) && call.form === 'write';

/** Puts bytes into the first value of line 1 of the read form. */
const garbage = (id: string, name: string, bytes: string): Fault =>
  garbling(id, `${name} in line 1 of the read form`, readsActive, (answer) =>
    answer.replace('+QDMPCFG: 1,', (start) => start + bytes),
  );

/** Final results and framing. */
export const resultFaults: readonly Fault[] = [
  garbling('error-with-line', 'an information line comes with every error', isDmp, (answer) =>
    answer.replace(/^(?=\r\n(\+CME ERROR: .*|ERROR)\r\n$)/, '\r\n+QDMPCFG: invalid\r\n'),
  ),
  garbling('error-with-named-line', 'a line of a name of its own comes with every error', isDmp, (answer) =>
    answer.replace(/^(?=\r\n(\+CME ERROR: .*|ERROR)\r\n$)/, '\r\n+QDMPERR: 50\r\n'),
  ),
  garbling('two-final-results', 'a second OK follows every write form', isWrite, (answer) =>
    answer.replace(/\r\nOK\r\n$/, '$&$&'),
  ),
  garbling('line-after-final', 'an information line follows the OK of a read', readsActive, (answer) =>
    answer.replace(/\r\nOK\r\n$/, '$&\r\n+QDMPCFG: 0,1\r\n'),
  ),
  answering('no-final-result', 'the read form ends without OK', readsActive, (call, _, next) => ({
    ...next(call),
    result: 'none',
  })),
  garbling('final-unframed', 'OK comes without CR LF behind it', isWrite, (answer) =>
    answer.replace(/OK\r\n$/, 'OK'),
  ),
  garbling('line-feed-missing', 'information lines end in CR alone', isDmp, (answer) =>
    answer.replace(/(\+QDMPCFG.*)\r\n/g, '$1\r'),
  ),
  garbage('nul-in-answer', 'a NUL byte', '\x00'),
  garbage('escape-in-answer', 'an ESC byte', '\x1b[31m'),
  garbage('ff-in-answer', 'a 0xff byte', '\xff'),
  garbage('cdata-end-in-answer', 'the text ]]>', ']]>'),
  {
    id: 'echo-stuck-on',
    describe: 'ATE0 answers OK, and echo stays on',
    answer: (call, module, next) => {
      const answer = next(call);
      if (call.name === 'E') module.session.echo = true;
      return answer;
    },
  },
  {
    id: 'cme-text-at-1',
    describe: 'with AT+CMEE=1 the two commands answer an error as text',
    bytes: (answer, call, module) =>
      isDmp(call) && module.session.cmee === 1
        ? answer.replace(/\+CME ERROR: \d+/, '+CME ERROR: incorrect parameters')
        : answer,
  },
  {
    id: 'cme-number-at-0',
    describe: 'with AT+CMEE=0 the two commands answer an error with its number',
    bytes: (answer, call, module) =>
      isDmp(call) && module.session.cmee === 0
        ? answer.replace(/\r\nERROR\r\n$/, '\r\n+CME ERROR: 50\r\n')
        : answer,
  },
  answering('error-code-unknown', 'errors carry code 900, which no standard has', isDmp, (call, _, next) => {
    const answer = next(call);
    return isRefused(answer) ? { lines: [], result: { error: 900 } } : answer;
  }),
  answering('reserved-query-silent', 'the reserved =4,3 is never answered', configures(/^4,3$/), () => ({
    lines: [],
    result: 'none',
  })),
];
