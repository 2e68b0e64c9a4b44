import { accessWrite, extendedWrite, quote } from '../../harness/jest/suite.ts';
import {
  accessParameters,
  type ExtendedPlace,
  extendedPlaces,
  type Input,
  saveExtendedWith,
  saveWith,
} from './commands.ts';
import { valueOfLength } from './strings.ts';

const inputsFrom = (command: string, causes: Readonly<Record<string, string>>): readonly Input[] =>
  Object.entries(causes).map(([cause, line]) => ({ name: `${command}: ${cause}`, command: line }));

const tooLong = (place: ExtendedPlace): string =>
  saveExtendedWith(place, quote(valueOfLength(place.name, place.maxBytes + 1)));

/** The field whose overlong value represents all fields where one of each kind is enough. */
const isRepresentative = ({ name }: ExtendedPlace): boolean => name === 'mac';

const tooLongOf = (places: readonly ExtendedPlace[]): Readonly<Record<string, string>> =>
  Object.fromEntries(places.map((place) => [`${place.name} too long`, tooLong(place)]));

/** One cause of each kind: value out of range, text, unknown type, parameter missing, one too many, no such form. */
export const causesOfEachKind: readonly Input[] = [
  ...inputsFrom('QDMPCFG', {
    'mode outside': saveWith.dmmode('7'),
    'period outside': saveWith.updatePeriod('299'),
    'IMEI too short': saveWith.tmlIMEI('86370303082251'),
    'text for a number': saveWith.updatePeriod('abc'),
    'type unknown': accessWrite(9, 1),
    'parameter missing': accessWrite(1, ...accessParameters[1].slice(0, 2)),
    'parameter too many': accessWrite(1, ...accessParameters[1], 1),
    'no form': 'AT+QDMPCFG',
  }),
  ...inputsFrom('QDMPCFGEX', {
    ...tooLongOf(extendedPlaces.filter(isRepresentative)),
    'type unknown': extendedWrite(9, 1),
    'string missing': extendedWrite(3, 0, '"abc"'),
    'no read form': 'AT+QDMPCFGEX?',
  }),
];

/**
 * Command lines that should be answered with an error; the name says the cause. Other clauses judge whether they
 * are refused: here only the form of the error matters. Addresses are in 192.0.2.0/24 (RFC 5737) or invalid.
 */
export const errorCauses: readonly Input[] = [
  ...causesOfEachKind,
  ...inputsFrom('QDMPCFG', {
    'address outside': saveWith.serverIP('256.1.1.1'),
    'port outside': saveWith.serverPort('65536'),
    'terminal type outside': saveWith.tmlType('3'),
    'query option unknown': accessWrite(4, 7),
    'erase option unknown': accessWrite(5, 7),
    'no parameters': accessWrite(''),
  }),
  ...inputsFrom('QDMPCFGEX', {
    ...tooLongOf(extendedPlaces.filter((place) => !isRepresentative(place))),
    'act unknown': extendedWrite(1, 7),
    'act missing': 'AT+QDMPCFGEX=1',
    'string too many': extendedWrite(1, 0, '"abc"', '"abc"'),
    'no parameters': 'AT+QDMPCFGEX=',
    'no form': 'AT+QDMPCFGEX',
  }),
];

/** A quote inside a string, alone and after a backslash: the note has no way to write one. */
const innerQuotes = { 'quote inside': '"ab"c"', 'escaped quote inside': String.raw`"ab\"c"` } as const;

/** One line per string of a command and per way to put a quote inside it. */
const quotesInside = (
  strings: readonly { readonly name: string; readonly save: (typed: string) => string }[],
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    strings.flatMap(({ name, save }) =>
      Object.entries(innerQuotes).map(([what, typed]) => [`${what} ${name}`, save(typed)]),
    ),
  );

/** Strings whose quotes do not match; parsers differ most here. */
export const brokenStrings: readonly Input[] = [
  ...inputsFrom('QDMPCFG', {
    'quote left open': accessWrite(2, '"M1'),
    ...quotesInside([
      { name: 'appKey', save: saveWith.appKey },
      { name: 'password', save: saveWith.password },
    ]),
  }),
  ...inputsFrom('QDMPCFGEX', {
    'quote left open': extendedWrite(1, 0, '"abc'),
    ...quotesInside(
      extendedPlaces.map((place) => ({
        name: place.name,
        save: (typed: string) => saveExtendedWith(place, typed),
      })),
    ),
  }),
];
