import { ok, refusedAs } from '../module/answers.ts';
import type { Answer, Handler, Module } from '../module/handler.ts';
import type { Settings } from '../settings/settings.ts';
import { isEmpty, itemsOf } from './access-records.ts';
import {
  type ExtendedField,
  type ExtendedRecord,
  extendedRecords,
  noInformation,
} from './extended-records.ts';
import { hasAllowedBytes } from './field-readers.ts';
import { type Parameter, parseNumber, parseParameters } from './parse-parameters.ts';

/** AT+QDMPCFGEX: extended configuration (the note, §2.2). It has no read form. */
export const qdmpcfgex: Handler = (call, module) => {
  switch (call.form) {
    case 'test':
      return ok(`+QDMPCFGEX: ${testText[module.settings.testForm]}`);
    case 'write':
      return write(call.parameters, module);
    case 'read':
    case 'execute':
      return refusedAs(module.settings.errorForm);
  }
};

const testText = {
  pattern: '<type>,<act>[,<parameter1>[,<parameter2>[,<parameter3>,<parameter4>]]]',
  ranges: '(0-5),(0-2)',
};

function write(list: string, module: Module): Answer {
  const { settings } = module;
  const parameters = parseParameters(list, settings);
  if (!parameters) return refusedAs(settings.errorSyntax);
  const type = parseNumber(parameters[0], settings);
  const record = extendedRecords.find((each) => each.type === type);
  if (!record) return refusedAs(settings.errorMember);
  if (parameters.length < 2) return refusedAs(settings.errorCount);
  const strings = parameters.slice(2);
  switch (parseNumber(parameters[1], settings)) {
    case 0:
      return save(record, strings, module);
    case 1:
      return refuseSurplus(strings, module) ?? read(record, module);
    case 2:
      return refuseSurplus(strings, module) ?? erase(record, module);
    default:
      return refusedAs(settings.errorMember);
  }
}

/** Strings after act 1 or 2 are refused, unless a setting ignores them (EX-READ-PARAMETERS). */
function refuseSurplus(strings: readonly Parameter[], { settings }: Module): Answer | undefined {
  const accepted = strings.length === 0 || settings.exReadParameters === 'ignored';
  return accepted ? undefined : refusedAs(settings.errorCount);
}

function save(record: ExtendedRecord, strings: readonly Parameter[], module: Module): Answer {
  const { settings, nvram } = module;
  const { fields } = record;
  const tooFew = strings.length < (settings.exPartial === 'refused' ? fields.length : 1);
  if (tooFew || strings.length > fields.length) return refusedAs(settings.errorCount);
  const changes = new Map<string, string>();
  for (const [index, field] of fields.entries()) {
    const parameter = strings[index];
    const value = parameter ? readString(field, parameter, module) : omittedValue(field, module);
    if (value === undefined) return refusedAs(settings.errorValue);
    changes.set(field.item, value);
  }
  nvram.commit(changes);
  return ok();
}

/** A string as it is saved; undefined: it is refused. Lengths count bytes, without the quotes. */
function readString(field: ExtendedField, parameter: Parameter, { settings }: Module): string | undefined {
  const { text, quoted } = parameter;
  if (!quoted && settings.exUnquoted === 'refused') return undefined;
  if (text.length > field.maxBytes || !hasAllowedBytes(text, settings)) return undefined;
  if (text === '') return emptyString[settings.exEmpty];
  return hasForm(field, text, settings) ? text : undefined;
}

const emptyString = { accepted: '', null: noInformation, refused: undefined };

/** Whether a value has the form that the settings ask for; no information always has it (EX-NULL). */
function hasForm({ name }: ExtendedField, text: string, settings: Settings): boolean {
  if (text === noInformation) return true;
  switch (name) {
    case 'appInfo':
      return settings.exAppInfoForm === 'any' || text.split(';').every((log) => appLog.test(log));
    case 'mac':
      return settings.exMacForm === 'any' || /^[\dA-F]{2}([-:][\dA-F]{2}){5}$/i.test(text);
    case 'volte':
      return settings.exVolteForm === 'any' || /^(on|off)$/.test(text);
    case 'phoneNum':
      return settings.exPhoneForm === 'any' || /^\d+$/.test(text);
    default:
      return true;
  }
}

/** App name, package name, use time in ms, times opened (the note, §2.2). */
const appLog = /^[^|]+\|[^|]+\|\d+\|\d+$/;

/** The value of a missing string (EX-PARTIAL): the saved one, or no information. */
function omittedValue(field: ExtendedField, { settings, nvram }: Module): string {
  const saved = settings.exPartial === 'kept' ? nvram.read(field.item) : undefined;
  return saved ?? noInformation;
}

/** Shows what is saved, without a reboot (EX-READ-SAVED). */
function read(record: ExtendedRecord, { settings, nvram }: Module): Answer {
  if (isEmpty(record, nvram) && settings.exReadEmpty === 'error') return refusedAs(settings.errorEmpty);
  const whenUnsaved = settings.exReadEmpty === 'empty' ? '' : noInformation;
  const values = record.fields.map(({ item }) => {
    const saved = nvram.read(item);
    return saved === noInformation && settings.exNullRead === 'empty' ? '' : (saved ?? whenUnsaved);
  });
  return ok(`+QDMPCFGEX: ${[record.type, ...values].join(',')}`);
}

function erase(record: ExtendedRecord, { nvram, settings }: Module): Answer {
  if (settings.eraseEmpty !== 'OK' && isEmpty(record, nvram)) return refusedAs(settings.eraseEmpty);
  nvram.commit(new Map(itemsOf(record).map((item) => [item, undefined])));
  return ok();
}
