import { isIPv4, isIPv6 } from 'node:net';

import type { Settings } from '../settings/settings.ts';
import { type Parameter, parseNumber } from './parse-parameters.ts';

/**
 * Reads one parameter as the value of a field.
 * @returns the value as it is saved and read back (latin1); undefined: it is refused
 */
export type FieldReader = (parameter: Parameter, settings: Settings) => string | undefined;

const numberBetween =
  (min: number, max: number): FieldReader =>
  (parameter, settings) => {
    const value = parseNumber(parameter, settings);
    return value !== undefined && value >= min && value <= max ? String(value) : undefined;
  };

/** `<dmmode>`: 0 disable, 1 enable. */
export const readMode = numberBetween(0, 1);

/** `<updatePeriod>`, s, in the range of the note. */
export const readPeriod = numberBetween(300, 4_294_966);

/** `<tmlType>`: 0 interface, 1 Linux, 2 Android. */
export const readTerminalType = numberBetween(0, 2);

/** `<serverPort>`: the note gives no range, so it is that of a UDP port (CFG-PORT-RANGE). */
export const readPort: FieldReader = (parameter, settings) =>
  numberBetween(settings.portZero === 'accepted' ? 0 : 1, 65_535)(parameter, settings);

/** `<serverIP>`: four decimal octets; settings decide about other forms (CFG-IP-FORM). */
export const readServer: FieldReader = (parameter, settings) => {
  if (!quotesSuit(parameter, settings.ipQuoted)) return undefined;
  const { text } = parameter;
  if (isIPv4(text)) return text;
  const withoutZeros = text.replace(/\b0+(?=\d)/g, '');
  if (/^[\d.]{7,15}$/.test(text) && isIPv4(withoutZeros)) {
    return settings.ipLeadingZeros === 'accepted' ? text : undefined;
  }
  const other = isIPv6(text) || /^(?=.{1,63}$)(?=.*[a-z])[a-z\d-]+(\.[a-z\d-]+)+$/i.test(text);
  return other && settings.ipOther === 'accepted' ? text : undefined;
};

const quotesSuit = ({ quoted }: Parameter, rule: Settings['ipQuoted']): boolean =>
  rule === 'accepted' || quoted === (rule === 'required');

const readKey = (parameter: Parameter, maxBytes: number, settings: Settings): string | undefined => {
  if (!parameter.quoted && settings.keysUnquoted === 'refused') return undefined;
  if (parameter.text === '' && settings.emptyKeys === 'refused') return undefined;
  if (!hasAllowedBytes(parameter.text, settings)) return undefined;
  return parameter.text.length <= maxBytes ? parameter.text : undefined;
};

export const readAppKey: FieldReader = (parameter, settings) =>
  readKey(parameter, settings.keyMaxBytes, settings);

/** `<password>`, the private key. */
export const readPassword: FieldReader = (parameter, settings) =>
  readKey(parameter, settings.passwordMaxBytes, settings);

/** `<tmlIMEI>`: 15 to 17 bytes. */
export const readImei: FieldReader = (parameter, settings) => {
  if (!quotesSuit(parameter, settings.imeiQuoted)) return undefined;
  if (settings.imeiForm === 'digits' && !/^\d*$/.test(parameter.text)) return undefined;
  const bytes = parameter.text.length;
  return bytes >= 15 && bytes <= 17 && hasAllowedBytes(parameter.text, settings) ? parameter.text : undefined;
};

/** Whether the settings accept every byte of a string (EX-BYTES-ACCEPTED). */
export const hasAllowedBytes = (text: string, { nonAscii, controlBytes }: Settings): boolean =>
  (nonAscii === 'accepted' || !/[\x80-\xff]/.test(text)) &&
  (controlBytes === 'accepted' || !/[\x00-\x1f\x7f]/.test(text));
