import { accessRecords, passwordItem } from '../dmp/access-records.ts';
import { extendedRecords, noInformation } from '../dmp/extended-records.ts';
import { maskPassword } from '../dmp/mask-password.ts';
import { isRefused, ok } from '../module/answers.ts';
import type { Module } from '../module/handler.ts';
import type { Fault } from './fault.ts';
import {
  answering,
  configures,
  extendedConfigures,
  isDmp,
  type Match,
  readsActive,
  respelling,
} from './fault-builders.ts';

type Source = (item: string, module: Module) => string;

const active: Source = (item, { active: { values } }) => values.get(item) ?? '';

const saved: Source = (item, { nvram, settings }) => {
  const field = accessRecords.flatMap(({ fields }) => fields).find((each) => each.item === item);
  return nvram.read(item) ?? field?.fallback(settings) ?? '';
};

/** Shows the private key in another way than masked. */
const showingKey = (
  id: string,
  describe: string,
  match: Match,
  source: Source,
  show: (password: string, masked: string) => string,
): Fault =>
  respelling(id, describe, match, (lines, module) => {
    const password = source(passwordItem, module);
    const masked = maskPassword(password, module.settings);
    const start = `+QDMPCFG: 2,${source('dm_appkey', module)},`;
    return lines.map((line) => {
      const key = line.slice(start.length);
      if (!line.startsWith(start) || !key.trimStart().startsWith(masked)) return line;
      return start + key.replace(masked, () => show(password, masked));
    });
  });

const whole = (password: string): string => password;
const five = (password: string, masked: string): string =>
  password.length > 4 ? password.slice(0, 5) + masked.slice(4) : masked;

const tail = (password: string, masked: string): string =>
  password.length > 8 ? masked + password.slice(-4) : masked;

/** The fields of a record by its type, as a line begins with it. */
const fieldsOf = <Field>(
  records: readonly { readonly type: number; readonly fields: readonly Field[] }[],
  type: string,
): readonly Field[] => records.find((record) => String(record.type) === type)?.fields ?? [];

/**
 * Each value of a line in quotes. A value may hold commas: in AT+QDMPCFG only the app key does, which is the first of
 * its line; of AT+QDMPCFGEX what is saved tells where one ends.
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

const extendedReads = extendedConfigures(/^\d,1$/);

/** Answers that show the wrong thing, or show it in the wrong form. */
export const readingFaults: readonly Fault[] = [
  respelling('query-mode-wrong', '=4,0 answers the other mode', configures(/^4,0$/), (lines) =>
    lines.map((line) => line.replace(/[01]$/, (mode) => String(1 - Number(mode)))),
  ),
  respelling(
    'query-server-wrong',
    '=4,1 answers the port after the saved one',
    configures(/^4,1$/),
    (lines) => lines.map((line) => line.replace(/\d+(?=,\d+$)/, (port) => String(Number(port) + 1))),
  ),
  respelling('query-credentials-wrong', '=4,2 answers terminal type 0 always', configures(/^4,2$/), (lines) =>
    lines.map((line) => line.replace(/,\d(?=,[^,]*$)/, ',0')),
  ),
  showingKey('key-leaked-read', 'the read form shows the whole private key', readsActive, active, whole),
  showingKey('key-leaked-query', '=4,2 shows the whole private key', configures(/^4,2$/), saved, whole),
  showingKey(
    'five-characters-read',
    'the read form shows five characters of the key',
    readsActive,
    active,
    five,
  ),
  showingKey(
    'five-characters-query',
    '=4,2 shows five characters of the key',
    configures(/^4,2$/),
    saved,
    five,
  ),
  showingKey(
    'key-tail-read',
    'the read form shows the last four characters of a long key, too',
    readsActive,
    active,
    tail,
  ),
  showingKey(
    'key-tail-query',
    '=4,2 shows the last four characters of a long key, too',
    configures(/^4,2$/),
    saved,
    tail,
  ),
  answering(
    'read-shows-saved',
    'the read form shows what is saved, before the reboot',
    readsActive,
    (call, _, next) => {
      const answers = [0, 1, 2].map((option) => next({ ...call, form: 'write', parameters: `4,${option}` }));
      return answers.some(isRefused) ? next(call) : ok(...answers.flatMap(({ lines }) => lines));
    },
  ),
  answering('query-shows-active', '=4,n shows the values in use', configures(/^4,[012]$/), (call, _, next) =>
    ok(next({ ...call, form: 'read', parameters: '' }).lines[Number(call.parameters.slice(2))] ?? ''),
  ),
  respelling(
    'values-quoted',
    'AT+QDMPCFG reads values back in quotes',
    (call) => readsActive(call) || configures(/^4,[012]$/)(call),
    (lines) => lines.map(quoteAccess),
  ),
  respelling('ex-values-quoted', 'AT+QDMPCFGEX reads values back in quotes', extendedReads, (lines, module) =>
    lines.map((line) => quoteExtended(line, module)),
  ),
  respelling('read-order-wrong', 'the read form answers lines 0, 2, 1', readsActive, (lines) => [
    ...lines.slice(0, 1),
    ...lines.slice(1).reverse(),
  ]),
  respelling('read-line-0-missing', 'the read form leaves line 0 out', readsActive, (lines) =>
    lines.slice(1),
  ),
  respelling('read-line-doubled', 'the read form answers line 1 twice', readsActive, (lines) =>
    lines.flatMap((line) => (line.startsWith('+QDMPCFG: 1,') ? [line, line] : [line])),
  ),
  respelling('state-outside-list', '=6 answers 3, which is no state', configures(/^6/), () => [
    '+QDMPCFG: 6,3',
  ]),
  respelling('query-unprefixed', "=4,2 answers without the command's name", configures(/^4,2$/), (lines) =>
    lines.map((line) => line.replace('+QDMPCFG: ', '')),
  ),
  respelling(
    'ex-read-unprefixed',
    "extended reads answer without the command's name",
    extendedReads,
    (lines) => lines.map((line) => line.replace('+QDMPCFGEX: ', '')),
  ),
  respelling('prefix-wrong', 'answers begin with +DMPCFG or +DMPCFGEX', isDmp, (lines) =>
    lines.map((line) => line.replace('+QDMPCFG', '+DMPCFG')),
  ),
  respelling(
    'ex-type-4-swapped',
    'VoLTE state and network type are read back swapped',
    extendedReads,
    (lines) => lines.map((line) => line.replace(/^(\+QDMPCFGEX: 4,)([^,]*),([^,]*)/, '$1$3,$2')),
  ),
  answering(
    'ex-read-stale',
    'an extended read shows the old value until the reboot',
    extendedReads,
    (call, module, next) => {
      const answer = next(call);
      const record = extendedRecords.find(({ type }) => call.parameters.startsWith(`${type},`));
      if (isRefused(answer) || !record) return answer;
      return ok(
        `+QDMPCFGEX: ${[record.type, ...record.fields.map(({ item }) => active(item, module))].join(',')}`,
      );
    },
  ),
];
