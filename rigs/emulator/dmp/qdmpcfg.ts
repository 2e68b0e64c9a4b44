import { ok, refusedAs } from '../module/answers.ts';
import type { Answer, Handler, Module } from '../module/handler.ts';
import {
  type AccessField,
  type AccessRecord,
  accessRecords,
  isEmpty,
  itemsOf,
  passwordItem,
} from './access-records.ts';
import { maskPassword } from './mask-password.ts';
import { type Parameter, parseNumber, parseParameters } from './parse-parameters.ts';

/** AT+QDMPCFG: access configuration (the note, §2.1). */
export const qdmpcfg: Handler = (call, module) => {
  switch (call.form) {
    case 'test':
      return ok(`+QDMPCFG: ${testText[module.settings.testForm]}`);
    case 'read':
      return ok(...accessRecords.map((record) => activeLine(record, module)));
    case 'write':
      return write(call.parameters, module);
    case 'execute':
      return refusedAs(module.settings.errorForm);
  }
};

const testText = {
  pattern: '<type>[,<parameter1>[,<parameter2>[,<parameter3>[,<parameter4>]]]]',
  ranges: '(0-2,4-6)',
};

function write(list: string, module: Module): Answer {
  const { settings } = module;
  const parameters = parseParameters(list, settings);
  if (!parameters) return refusedAs(settings.errorSyntax);
  const type = parseNumber(parameters[0], settings);
  const rest = parameters.slice(1);
  const record = accessRecords.find((each) => each.type === type);
  if (record) return save(record, rest, module);
  switch (type) {
    case 3:
      return settings.reservedType === 'OK' ? ok() : refusedAs(settings.reservedType);
    case 4:
      return query(rest, module);
    case 5:
      return erase(rest, module);
    case 6:
      return answerState(rest, module);
    default:
      return refusedAs(settings.errorMember);
  }
}

function save(record: AccessRecord, parameters: readonly Parameter[], module: Module): Answer {
  const { settings, nvram } = module;
  const { fields } = record;
  const tooFew = parameters.length < (settings.partialAccess === 'refused' ? fields.length : 1);
  if (tooFew || parameters.length > fields.length) return refusedAs(settings.errorCount);
  const changes = new Map<string, string>();
  for (const [index, field] of fields.entries()) {
    const parameter = parameters[index];
    const value = parameter ? field.read(parameter, settings) : omittedValue(field, module);
    if (value === undefined) return refusedAs(settings.errorValue);
    changes.set(field.item, value);
  }
  nvram.commit(changes);
  return ok();
}

/** The value of a missing parameter (CFG-PARTIAL): the saved one, or the default. */
function omittedValue(field: AccessField, { settings, nvram }: Module): string {
  const saved = settings.partialAccess === 'kept' ? nvram.read(field.item) : undefined;
  return saved ?? field.fallback(settings);
}

function query(parameters: readonly Parameter[], module: Module): Answer {
  const { settings } = module;
  if (parameters.length !== 1) return refusedAs(settings.errorCount);
  const option = parseNumber(parameters[0], settings);
  if (option === 3) return settings.reservedQuery === 'OK' ? ok() : refusedAs(settings.reservedQuery);
  const record = accessRecords.find(({ type }) => type === option);
  if (!record) return refusedAs(settings.errorMember);
  const line = savedLine(record, module);
  return line === undefined ? refusedAs(settings.errorEmpty) : ok(line);
}

function erase(parameters: readonly Parameter[], module: Module): Answer {
  const { settings, nvram } = module;
  if (parameters.length !== 1) return refusedAs(settings.errorCount);
  const option = parseNumber(parameters[0], settings);
  if (option === 3) return settings.reservedErase === 'OK' ? ok() : refusedAs(settings.reservedErase);
  const records = accessRecords.filter(({ type }) => option === 4 || option === type);
  if (records.length === 0) return refusedAs(settings.errorMember);
  const empty = records.some((record) => isEmpty(record, nvram));
  if (empty && settings.eraseEmpty !== 'OK') return refusedAs(settings.eraseEmpty);
  nvram.commit(new Map(records.flatMap(itemsOf).map((item) => [item, undefined])));
  return ok();
}

function answerState(parameters: readonly Parameter[], module: Module): Answer {
  if (parameters.length > 0 && module.settings.stateParameter === 'refused') {
    return refusedAs(module.settings.errorCount);
  }
  return ok(`+QDMPCFG: 6,${module.dmState}`);
}

/** A line of the read form, which shows the values in use. */
function activeLine(record: AccessRecord, module: Module): string {
  const values = record.fields.map((field) =>
    displayValue(field, module.active.values.get(field.item) ?? '', module),
  );
  return `+QDMPCFG: ${[record.type, ...values].join(',')}`;
}

/** The line of `=4,n`, which shows the saved values; undefined: there are none, and that is an error. */
function savedLine(record: AccessRecord, module: Module): string | undefined {
  const { nvram, settings } = module;
  const nothing = isEmpty(record, nvram);
  if (nothing && settings.queryEmpty === 'error') return undefined;
  const values = record.fields.map((field) => {
    const value = displayValue(field, nvram.read(field.item) ?? unsavedValue(field, module, nothing), module);
    return settings.queryBlank === 'blank' && field.item === passwordItem ? ` ${value}` : value;
  });
  return `+QDMPCFG: ${[record.type, ...values].join(',')}`;
}

/** The value that `=4,n` shows for a field that is not saved; `nothing`: no field of its record is. */
function unsavedValue(field: AccessField, { active, settings }: Module, nothing: boolean): string {
  if (!nothing || settings.queryEmpty === 'defaults') return field.fallback(settings);
  if (settings.queryEmpty === 'in-use') return active.values.get(field.item) ?? '';
  return settings.queryEmpty === 'zeros' ? field.zero : '';
}

const displayValue = (field: AccessField, value: string, module: Module): string =>
  field.item === passwordItem ? maskPassword(value, module.settings) : value;
