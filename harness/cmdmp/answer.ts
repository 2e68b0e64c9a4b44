import type { Exchange } from '../at/exchange.ts';
import { HilError } from '../base/error.ts';
import { inMessage, wireOf } from '../bc26/require-ok.ts';
import { maskPrivateKey } from './mask.ts';

/** A record as a line of an answer shows it. */
export interface Shown {
  /** The line without the command's prefix, byte for byte; the first field is the record's type. */
  readonly text: string;
  /** The number of blanks after commas. The note prints some, so they mean nothing (clause CFG-READ-0). */
  readonly blanks: number;
}

/**
 * The error AT_ANSWER_MALFORMED for an answer that has not the form of the note.
 * @param expected the right form, in words
 */
export const malformedError = (exchange: Exchange, expected: string): HilError =>
  new HilError(
    'AT_ANSWER_MALFORMED',
    `${inMessage(maskPrivateKey(exchange.command))}: expected ${expected}, the answer was "${inMessage(exchange.raw)}"`,
    {
      wire: wireOf(exchange),
      remedy: `see exchange ${exchange.number}: lines ${exchange.trace[0]} to ${exchange.trace[1]} of the trace`,
    },
  );

/**
 * The information lines of an answer without their prefix.
 * @param command `AT+QDMPCFG` or `AT+QDMPCFGEX`; every line must begin with its name, a colon and one blank
 * @param count the number of lines there must be
 * @throws AT_ANSWER_MALFORMED
 */
export function informationOf(exchange: Exchange, command: string, count: number): readonly string[] {
  const expected = count === 1 ? 'one line' : `${count} lines`;
  return textsOf(exchange, command, expected, (found) => found === count);
}

/**
 * The same for one line or more: real modules print the ranges of a test form on several lines (clauses CFG-TEST-TEXT
 * and EX-TEST-TEXT).
 */
export const someInformationOf = (exchange: Exchange, command: string): readonly string[] =>
  textsOf(exchange, command, 'one line or more', (found) => found > 0);

function textsOf(
  exchange: Exchange,
  command: string,
  expected: string,
  isEnough: (found: number) => boolean,
): readonly string[] {
  const prefix = `${command.slice('AT'.length)}: `;
  const lines = exchange.information;
  if (!isEnough(lines.length) || !lines.every((line) => line.startsWith(prefix))) {
    throw malformedError(exchange, `${expected} beginning "${prefix}"`);
  }
  return lines.map((line) => line.slice(prefix.length));
}

/**
 * Splits a text at its commas into `count` fields. The last field takes the rest, since values come back unquoted and may
 * hold commas. Blanks after the splitting commas are removed and counted; quotes around a field are removed (clauses
 * CFG-READ-UNQUOTED and EX-READ-UNQUOTED judge them). For display: a comma in a field before the last one splits at the
 * wrong place. To compare values, use `showsFields`.
 * @returns fewer fields if the text has fewer
 */
export function splitFields(text: string, count: number): { fields: readonly string[]; blanks: number } {
  const fields: string[] = [];
  let blanks = 0;
  let rest = text;
  while (fields.length < count - 1) {
    const comma = rest.indexOf(',');
    if (comma < 0) break;
    fields.push(rest.slice(0, comma));
    const after = rest.slice(comma + 1);
    rest = withoutBlanks(after);
    blanks += after.length - rest.length;
  }
  return { fields: [...fields, rest].map(withoutQuotes), blanks };
}

/** A text without the blanks that it begins with. A tab or a no-break space is part of a value: values are compared byte for byte. */
export const withoutBlanks = (text: string): string => text.replace(/^ +/, '');

const withoutQuotes = (field: string): string => /^"([^"]*)"$/s.exec(field)?.[1] ?? field;

/**
 * Whether a text is exactly these fields joined by commas, byte for byte, except for blanks after the joining commas and
 * quotes around a field. Fields may hold commas, since the text is not split.
 */
export function showsFields(text: string, fields: readonly string[]): boolean {
  let rest: string | undefined = text;
  for (const [index, field] of fields.entries()) {
    if (index > 0) rest = rest.startsWith(',') ? rest.slice(1) : undefined;
    // A field may itself begin with a blank, so it is compared without trimming first.
    rest =
      rest === undefined
        ? undefined
        : (restAfterField(rest, field) ??
          (index > 0 ? restAfterField(withoutBlanks(rest), field) : undefined));
    if (rest === undefined) return false;
  }
  return rest === '';
}

const restAfterField = (text: string, field: string): string | undefined =>
  restAfter(text, field === '' && text.startsWith('""') ? '""' : field) ?? restAfter(text, `"${field}"`);

const restAfter = (text: string, start: string): string | undefined =>
  text.startsWith(start) ? text.slice(start.length) : undefined;
