import { accessWrite, extendedRecords, extendedWrite, quote } from '../../harness/jest/suite.ts';
import type { BoundaryValue } from './ladder.ts';
import type { ReadBackQuery } from './open-inputs.ts';
import { otherCredentials, otherExtendedSamples, otherServer } from './samples.ts';

/** A command line to send, with a name for what it tries. */
export interface Input {
  readonly name: string;
  readonly command: string;
  /** The query that shows the effect if the line is accepted. */
  readonly back?: ReadBackQuery;
}

/** Makes the command line that saves a record with one parameter exactly as given, quotes included. */
type SaveWith = (typed: string) => string;

/** One command line for each boundaryValue of a ladder. */
export const inputsOf = (
  field: string,
  boundaryValues: readonly BoundaryValue[],
  save: SaveWith,
): readonly Input[] =>
  boundaryValues.map(({ name, text }) => ({ name: `${field} ${name} (${text})`, command: save(text) }));

const { serverIP, serverPort, updatePeriod } = otherServer;
const credentials = [
  quote(otherCredentials.appKey),
  quote(otherCredentials.password),
  otherCredentials.tmlType,
  otherCredentials.tmlImei,
] as const;

/**
 * AT+QDMPCFG, parameter by parameter. The other parameters are valid and differ from the values that
 * `arrangeSamples` saves, so a partly saved record is noticed.
 */
export const saveWith = {
  dmmode: (typed: string) => accessWrite(0, typed),
  serverIP: (typed: string) => accessWrite(1, typed, serverPort, updatePeriod),
  serverPort: (typed: string) => accessWrite(1, serverIP, typed, updatePeriod),
  updatePeriod: (typed: string) => accessWrite(1, serverIP, serverPort, typed),
  appKey: (typed: string) => accessWrite(2, ...credentials.with(0, typed)),
  password: (typed: string) => accessWrite(2, ...credentials.with(1, typed)),
  tmlType: (typed: string) => accessWrite(2, ...credentials.with(2, typed)),
  tmlIMEI: (typed: string) => accessWrite(2, ...credentials.with(3, typed)),
} as const satisfies Record<string, SaveWith>;

/** Valid parameters of each saving command of AT+QDMPCFG, as they are sent. */
export const accessParameters = {
  0: ['1'],
  1: [serverIP, String(serverPort), String(updatePeriod)],
  2: credentials.map(String),
} as const;

/** A string of AT+QDMPCFGEX and its position. */
export interface ExtendedPlace {
  readonly name: string;
  readonly maxBytes: number;
  readonly type: (typeof extendedRecords)[number]['type'];
  /** Position among the strings of its record, from 0. */
  readonly index: number;
}

export const extendedPlaces: readonly ExtendedPlace[] = extendedRecords.flatMap(({ type, fields }) =>
  fields.map(({ name, maxBytes }, index) => ({ name, maxBytes, type, index })),
);

/** The strings of a record, with `value` at one place; the others differ from what `arrangeSamples` saves. */
export const stringsWith = ({ type, index }: ExtendedPlace, value: string): readonly string[] =>
  (otherExtendedSamples[type] as readonly string[]).with(index, value);

/** The command line that saves a record with one string exactly as given, quotes included. */
export const saveExtendedWith = ({ type, index }: ExtendedPlace, typed: string): string =>
  extendedWrite(type, 0, ...otherExtendedSamples[type].map(quote).with(index, typed));

/** The strings of one record type. */
export const placesOf = (type: number): readonly ExtendedPlace[] =>
  extendedPlaces.filter((place) => place.type === type);

/** Valid strings of a record that differ from what `arrangeSamples` saves. */
export const otherStrings = (type: ExtendedPlace['type']): readonly string[] => otherExtendedSamples[type];
