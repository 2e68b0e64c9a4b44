import { accessRecords, passwordItem } from '../../dmp/access-records.ts';
import { extendedRecords, noInformation } from '../../dmp/extended-records.ts';
import { maskPassword } from '../../dmp/mask-password.ts';
import { isRefused, ok } from '../../module/answers.ts';
import type { Module } from '../../module/handler.ts';
import type { Fault } from '../fault.ts';
import { answerFault, lineFault } from '../fault-builders.ts';
import { isActiveRead, isCmdmp, type Match, matchAccess, matchExtended } from '../match-command.ts';

type Source = (item: string, module: Module) => string;

const activeValue: Source = (item, { active: { values } }) => values.get(item) ?? '';

const savedValue: Source = (item, { nvram, settings }) => {
  const field = accessRecords.flatMap(({ fields }) => fields).find((each) => each.item === item);
  return nvram.read(item) ?? field?.fallback(settings) ?? '';
};

/** A fault that shows the private key with a wrong mask. */
const keyFault = (
  id: string,
  describe: string,
  match: Match,
  source: Source,
  show: (password: string, masked: string) => string,
): Fault =>
  lineFault(id, describe, match, (lines, module) => {
    const password = source(passwordItem, module);
    const masked = maskPassword(password, module.settings);
    const start = `+QDMPCFG: 2,${source('dm_appkey', module)},`;
    return lines.map((line) => {
      const key = line.slice(start.length);
      if (!line.startsWith(start) || !key.trimStart().startsWith(masked)) return line;
      return start + key.replace(masked, () => show(password, masked));
    });
  });

const showWhole = (password: string): string => password;
const showFive = (password: string, masked: string): string =>
  password.length > 4 ? password.slice(0, 5) + masked.slice(4) : masked;

const showTail = (password: string, masked: string): string =>
  password.length > 8 ? masked + password.slice(-4) : masked;

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

const extendedReads = matchExtended(/^\d,1$/);

/** Answers with wrong values, or in a wrong form. */
export const readingFaults: readonly Fault[] = [
  lineFault('query-mode-wrong', '=4,0 answers the other mode', matchAccess(/^4,0$/), (lines) =>
    lines.map((line) => line.replace(/[01]$/, (mode) => String(1 - Number(mode)))),
  ),
  lineFault('query-server-wrong', '=4,1 answers the saved port plus 1', matchAccess(/^4,1$/), (lines) =>
    lines.map((line) => line.replace(/\d+(?=,\d+$)/, (port) => String(Number(port) + 1))),
  ),
  lineFault('query-credentials-wrong', '=4,2 always answers terminal type 0', matchAccess(/^4,2$/), (lines) =>
    lines.map((line) => line.replace(/,\d(?=,[^,]*$)/, ',0')),
  ),
  keyFault(
    'key-leaked-read',
    'the read form shows the whole private key',
    isActiveRead,
    activeValue,
    showWhole,
  ),
  keyFault(
    'key-leaked-query',
    '=4,2 shows the whole private key',
    matchAccess(/^4,2$/),
    savedValue,
    showWhole,
  ),
  keyFault(
    'five-characters-read',
    'the read form shows five characters of the key',
    isActiveRead,
    activeValue,
    showFive,
  ),
  keyFault(
    'five-characters-query',
    '=4,2 shows five characters of the key',
    matchAccess(/^4,2$/),
    savedValue,
    showFive,
  ),
  keyFault(
    'key-tail-read',
    'the read form shows the last four characters of a long key as well',
    isActiveRead,
    activeValue,
    showTail,
  ),
  keyFault(
    'key-tail-query',
    '=4,2 shows the last four characters of a long key as well',
    matchAccess(/^4,2$/),
    savedValue,
    showTail,
  ),
  answerFault(
    'read-shows-saved',
    'the read form shows saved values before a reboot',
    isActiveRead,
    (call, _, next) => {
      const answers = [0, 1, 2].map((option) => next({ ...call, form: 'write', parameters: `4,${option}` }));
      return answers.some(isRefused) ? next(call) : ok(...answers.flatMap(({ lines }) => lines));
    },
  ),
  answerFault(
    'query-shows-active',
    '=4,n shows the values in use',
    matchAccess(/^4,[012]$/),
    (call, _, next) =>
      ok(next({ ...call, form: 'read', parameters: '' }).lines[Number(call.parameters.slice(2))] ?? ''),
  ),
  lineFault(
    'values-quoted',
    'AT+QDMPCFG answers values in quotes',
    (call) => isActiveRead(call) || matchAccess(/^4,[012]$/)(call),
    (lines) => lines.map(quoteAccess),
  ),
  lineFault('ex-values-quoted', 'AT+QDMPCFGEX answers values in quotes', extendedReads, (lines, module) =>
    lines.map((line) => quoteExtended(line, module)),
  ),
  lineFault('read-order-wrong', 'the read form answers lines 0, 2, 1', isActiveRead, (lines) => [
    ...lines.slice(0, 1),
    ...lines.slice(1).reverse(),
  ]),
  lineFault('read-line-0-missing', 'the read form omits line 0', isActiveRead, (lines) => lines.slice(1)),
  lineFault('read-line-doubled', 'the read form answers line 1 twice', isActiveRead, (lines) =>
    lines.flatMap((line) => (line.startsWith('+QDMPCFG: 1,') ? [line, line] : [line])),
  ),
  lineFault('state-outside-list', '=6 answers 3, which is no state', matchAccess(/^6/), () => [
    '+QDMPCFG: 6,3',
  ]),
  lineFault('query-unprefixed', '=4,2 answers without its prefix', matchAccess(/^4,2$/), (lines) =>
    lines.map((line) => line.replace('+QDMPCFG: ', '')),
  ),
  lineFault('ex-read-unprefixed', 'extended reads answer without their prefix', extendedReads, (lines) =>
    lines.map((line) => line.replace('+QDMPCFGEX: ', '')),
  ),
  lineFault('prefix-wrong', 'answers begin with +DMPCFG or +DMPCFGEX', isCmdmp, (lines) =>
    lines.map((line) => line.replace('+QDMPCFG', '+DMPCFG')),
  ),
  lineFault(
    'ex-type-4-swapped',
    'reads answer VoLTE state and network type swapped',
    extendedReads,
    (lines) => lines.map((line) => line.replace(/^(\+QDMPCFGEX: 4,)([^,]*),([^,]*)/, '$1$3,$2')),
  ),
  answerFault(
    'ex-read-stale',
    'an extended read shows the old value until a reboot',
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
