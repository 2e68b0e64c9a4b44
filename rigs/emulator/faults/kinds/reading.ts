import { accessRecords } from '../../dmp/access-records.ts';
import { extendedRecords, noInformation } from '../../dmp/extended-records.ts';
import { isRefused, ok } from '../../module/answers.ts';
import type { Module } from '../../module/handler.ts';
import type { Fault } from '../fault.ts';
import { answerFault, byteFault, lineFault } from '../fault-builders.ts';
import { isActiveRead, isCmdmp, matchAccess, matchExtended } from '../match-command.ts';

const activeValue = (item: string, { active: { values } }: Module): string => values.get(item) ?? '';

/** The fields of the record with this type. */
const fieldsOf = <Field>(
  records: readonly { readonly type: number; readonly fields: readonly Field[] }[],
  type: string,
): readonly Field[] => records.find((record) => String(record.type) === type)?.fields ?? [];

/**
 * Puts each value of a line in quotes. A value may contain commas. In AT+QDMPCFG only the app key does, which is the
 * first value of its line; in AT+QDMPCFGEX the saved values show where one ends.
 */
const quoteAccess = (line: string): string =>
  line.replace(/(?<=^\+QDMPCFG: )(\d),(.*)$/, (_, type: string, values: string) => {
    const pieces = values.split(',');
    const others = pieces.splice(pieces.length - fieldsOf(accessRecords, type).length + 1);
    return [type, ...[pieces.join(','), ...others].map((value) => `"${value}"`)].join(',');
  });

const quoteExtended = (line: string, { nvram }: Module): string =>
  line.replace(/(?<=^\+QDMPCFGEX: )(\d),(.*)$/, (values: string, type: string) => {
    const saved = fieldsOf(extendedRecords, type).map(({ item }) => nvram.read(item) ?? noInformation);
    return `${type},${saved.join(',')}` === values
      ? [type, ...saved.map((value) => `"${value}"`)].join(',')
      : values;
  });

/** Of how many answers one is wrong. */
const RARELY = 12;

/** How many answers of each boot there were. */
const counts = new WeakMap<Module, number>();

function isRare(module: Module): boolean {
  const count = (counts.get(module) ?? 0) + 1;
  counts.set(module, count);
  return count % RARELY === 0;
}

const extendedReads = matchExtended(/^\d,1$/);

/** Answers with wrong values, or in a wrong form. */
export const faults: readonly Fault[] = [
  lineFault(
    'query-mode-wrong',
    '=4,0 answers the other mode',
    ['CFG-QUERY-0'],
    matchAccess(/^4,0$/),
    (lines) => lines.map((line) => line.replace(/[01]$/, (mode) => String(1 - Number(mode)))),
  ),
  lineFault(
    'query-server-wrong',
    '=4,1 answers the saved port plus 1',
    ['CFG-QUERY-1'],
    matchAccess(/^4,1$/),
    (lines) => lines.map((line) => line.replace(/\d+(?=,\d+$)/, (port) => String(Number(port) + 1))),
  ),
  lineFault(
    'query-credentials-wrong',
    '=4,2 always answers terminal type 0',
    ['CFG-QUERY-2'],
    matchAccess(/^4,2$/),
    (lines) => lines.map((line) => line.replace(/,\d(?=,[^,]*$)/, ',0')),
  ),
  answerFault(
    'read-shows-saved',
    'the read form shows saved values before a reboot',
    ['CFG-READ-ACTIVE', 'CFG-APPLY'],
    isActiveRead,
    (call, _, next) => {
      const answers = [0, 1, 2].map((option) => next({ ...call, form: 'write', parameters: `4,${option}` }));
      return answers.some(isRefused) ? next(call) : ok(...answers.flatMap(({ lines }) => lines));
    },
  ),
  answerFault(
    'query-shows-active',
    '=4,n shows the values in use',
    ['CFG-QUERY-0', 'CFG-QUERY-1'],
    matchAccess(/^4,[012]$/),
    (call, _, next) =>
      ok(next({ ...call, form: 'read', parameters: '' }).lines[Number(call.parameters.slice(2))] ?? ''),
  ),
  lineFault(
    'values-quoted',
    'AT+QDMPCFG answers values in quotes',
    ['CFG-READ-UNQUOTED'],
    (call) => isActiveRead(call) || matchAccess(/^4,[012]$/)(call),
    (lines) => lines.map(quoteAccess),
  ),
  lineFault(
    'ex-values-quoted',
    'AT+QDMPCFGEX answers values in quotes',
    ['EX-READ-UNQUOTED'],
    extendedReads,
    (lines, module) => lines.map((line) => quoteExtended(line, module)),
  ),
  lineFault(
    'state-outside-list',
    '=6 answers 3, which is no state',
    ['CFG-STATE-SET'],
    matchAccess(/^6/),
    () => ['+QDMPCFG: 6,3'],
  ),
  lineFault(
    'query-unprefixed',
    '=4,2 answers without its prefix',
    ['CFG-QUERY-2'],
    matchAccess(/^4,2$/),
    (lines) => lines.map((line) => line.replace('+QDMPCFG: ', '')),
  ),
  lineFault(
    'ex-read-unprefixed',
    'extended reads answer without their prefix',
    ['EX-READ-3'],
    extendedReads,
    (lines) => lines.map((line) => line.replace('+QDMPCFGEX: ', '')),
  ),
  lineFault(
    'prefix-wrong',
    'answers begin with +DMPCFG or +DMPCFGEX',
    ['CFG-READ-0', 'CFG-READ-1', 'CFG-QUERY-1', 'EX-READ-0'],
    isCmdmp,
    (lines) => lines.map((line) => line.replace('+QDMPCFG', '+DMPCFG')),
  ),
  lineFault(
    'ex-type-4-swapped',
    'reads answer VoLTE state and network type swapped',
    ['EX-READ-4'],
    extendedReads,
    (lines) => lines.map((line) => line.replace(/^(\+QDMPCFGEX: 4,)([^,]*),([^,]*)/, '$1$3,$2')),
  ),
  lineFault(
    'query-server-rarely-wrong',
    `every ${RARELY}th =4,1 answers the saved port plus 1`,
    ['CFG-QUERY-1'],
    matchAccess(/^4,1$/),
    (lines, module) =>
      isRare(module)
        ? lines.map((line) => line.replace(/\d+(?=,\d+$)/, (port) => String(Number(port) + 1)))
        : lines,
  ),
  byteFault(
    'line-broken-into',
    `every ${RARELY}th answer of =4,1 is broken into by an unsolicited line`,
    ['AT-FRAME'],
    matchAccess(/^4,1$/),
    (answer, module) =>
      isRare(module) ? answer.replace(/(?<=\+QDMPCFG: 1,\d+)(?=\.)/, '\r\n+CSCON: 1\r\n') : answer,
  ),
  lineFault(
    'ex-read-tabbed',
    'an extended read shows a tab before its first value',
    ['EX-READ-0', 'EX-READ-1', 'EX-READ-2', 'EX-READ-3', 'EX-READ-4', 'EX-READ-5'],
    extendedReads,
    (lines) => lines.map((line) => line.replace(',', ',\t')),
  ),
  answerFault(
    'ex-read-stale',
    'an extended read shows the old value until a reboot',
    ['EX-READ-SAVED'],
    extendedReads,
    (call, module, next) => {
      const answer = next(call);
      const record = extendedRecords.find(({ type }) => call.parameters.startsWith(`${type},`));
      if (isRefused(answer) || !record) return answer;
      return ok(
        `+QDMPCFGEX: ${[record.type, ...record.fields.map(({ item }) => activeValue(item, module))].join(',')}`,
      );
    },
  ),
];
