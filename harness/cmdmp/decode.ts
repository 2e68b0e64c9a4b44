import type { Exchange } from '../at/exchange.ts';
import { accessStates } from '../clauses/limits.ts';
import { malformedError, type Shown, splitFields } from './answer.ts';
import type { CredentialsParameters, ModeParameters, ServerParameters } from './encode.ts';

/** Records as the module shows them: decoded for tests and people, `text` for exact comparison. */
export type ModeShown = ModeParameters<number> & Shown;
export type ServerShown = ServerParameters<number> & Shown;
/** `password` is masked by the module: four characters and asterisks. */
export type CredentialsShown = CredentialsParameters<number> & Shown;

export interface StateShown extends Shown {
  readonly dmstate: number;
  /** The note's name of the state; undefined for a number it does not name. */
  readonly name: string | undefined;
}

/** The values in use; the saved ones may differ. */
export interface InUse {
  readonly mode: ModeShown;
  readonly server: ServerShown;
  readonly credentials: CredentialsShown;
}

/**
 * The fields of a record after its type.
 * @param pattern the note's, for the message; its commas say how many fields there are
 * @throws AT_ANSWER_MALFORMED for another type or too few fields
 */
export function recordFields(
  exchange: Exchange,
  text: string,
  type: number,
  pattern: string,
): { values: readonly string[]; blanks: number } {
  const count = pattern.split(',').length;
  const { fields, blanks } = splitFields(text, count + 1);
  const [shown, ...values] = fields;
  if (shown !== String(type) || values.length !== count)
    throw malformedError(exchange, `"${type},${pattern}"`);
  return { values, blanks };
}

/** @throws AT_ANSWER_MALFORMED */
export function decodeMode(exchange: Exchange, text: string): ModeShown {
  const { values, blanks } = recordFields(exchange, text, 0, '<dmmode>');
  return { dmmode: decimal(exchange, values[0], '<dmmode>'), text, blanks };
}

/** @throws AT_ANSWER_MALFORMED */
export function decodeServer(exchange: Exchange, text: string): ServerShown {
  const { values, blanks } = recordFields(exchange, text, 1, '<serverIP>,<serverPort>,<updatePeriod>');
  const [serverIP = '', port, period] = values;
  return {
    serverIP,
    serverPort: decimal(exchange, port, '<serverPort>'),
    updatePeriod: decimal(exchange, period, '<updatePeriod>'),
    text,
    blanks,
  };
}

/** @throws AT_ANSWER_MALFORMED */
export function decodeCredentials(exchange: Exchange, text: string): CredentialsShown {
  const { values, blanks } = recordFields(exchange, text, 2, '<appKey>,<password>,<tmlType>,<tmlIMEI>');
  const [appKey = '', password = '', type, tmlImei = ''] = values;
  return { appKey, password, tmlType: decimal(exchange, type, '<tmlType>'), tmlImei, text, blanks };
}

/** @throws AT_ANSWER_MALFORMED */
export function decodeState(exchange: Exchange, text: string): StateShown {
  const { values, blanks } = recordFields(exchange, text, 6, '<dmstate>');
  const dmstate = decimal(exchange, values[0], '<dmstate>');
  return { dmstate, name: accessStates.get(dmstate), text, blanks };
}

/** Every value of the note has at most ten digits. */
function decimal(exchange: Exchange, field: string | undefined, name: string): number {
  if (field === undefined || !/^\d{1,10}$/.test(field))
    throw malformedError(exchange, `a decimal number as ${name}`);
  return Number(field);
}
