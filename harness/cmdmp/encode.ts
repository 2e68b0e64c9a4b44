import { HilError } from '../base/error.ts';
import { escapeText, shortened } from '../base/escape.ts';

/**
 * The texts of both commands (app note §2.1, §2.2, and its examples). All text is one character a byte (latin1); `utf8`
 * converts other text.
 */
export const accessCommand = 'AT+QDMPCFG';
export const extendedCommand = 'AT+QDMPCFGEX';

/** A parameter as it is sent: nothing is added, nothing checked. */
export type Parameter = string | number;

/** A text's UTF-8 bytes, one character a byte: the note counts bytes (clause EX-BYTES). */
export const utf8 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

/**
 * A string parameter in its double quotes.
 * @throws USAGE for a quote (it cannot be escaped), a byte that ends or edits the command line (CR, LF, backspace:
 *   V.250 §5.2.1), and a character that is no byte. Robustness tests send such texts as raw parameters.
 */
export function quote(value: string): string {
  if (/["\r\n\b]|[^\0-\xff]/.test(value)) {
    throw new HilError('USAGE', `"${escapeText(shortened(value, 200))}" cannot be sent as a quoted string`, {
      remedy: 'send it as a raw parameter; characters beyond latin1 go through utf8() first',
    });
  }
  return `"${value}"`;
}

/** Saved by type 0. */
export interface ModeParameters<P = Parameter> {
  readonly dmmode: P;
}

/** Saved by type 1; `updatePeriod` in seconds. */
export interface ServerParameters<P = Parameter> {
  readonly serverIP: string;
  readonly serverPort: P;
  readonly updatePeriod: P;
}

/** Saved by type 2; `password` is the note's private key. */
export interface CredentialsParameters<P = Parameter> {
  readonly appKey: string;
  readonly password: string;
  readonly tmlType: P;
  readonly tmlImei: string;
}

/** `AT+QDMPCFG=<type>[,…]`, every parameter as it is. */
export const accessWrite = (type: Parameter, ...parameters: readonly Parameter[]): string =>
  `${accessCommand}=${[type, ...parameters].join(',')}`;

export const saveMode = ({ dmmode }: ModeParameters): string => accessWrite(0, dmmode);

/** The address stands without quotes, as in the note's example. */
export const saveServer = ({ serverIP, serverPort, updatePeriod }: ServerParameters): string =>
  accessWrite(1, serverIP, serverPort, updatePeriod);

/** App key and private key stand in quotes, the IMEI does not (app note §2.1). */
export const saveCredentials = ({ appKey, password, tmlType, tmlImei }: CredentialsParameters): string =>
  accessWrite(2, quote(appKey), quote(password), tmlType, tmlImei);

/** `AT+QDMPCFGEX=<type>,<act>[,…]`, every parameter as it is. */
export const extendedWrite = (type: Parameter, act: Parameter, ...parameters: readonly Parameter[]): string =>
  `${extendedCommand}=${[type, act, ...parameters].join(',')}`;

/** Every string of an extended record stands in quotes (app note §2.2). */
export const saveExtended = (type: Parameter, values: readonly string[]): string =>
  extendedWrite(type, 0, ...values.map(quote));
