import type { Exchange } from '../at/exchange.ts';
import { HilError } from '../base/error.ts';
import { inMessage, wireOf } from '../bc26/require-ok.ts';
import { maskPrivateKey } from './mask.ts';

/** What a line of an answer shows. */
export interface Shown {
  /** What follows the command's prefix, byte for byte, blanks included; the first field is the record's type. */
  readonly text: string;
  /** How many blanks followed commas: the note prints one in places, so they mean nothing (clause CFG-READ-0). */
  readonly blanks: number;
}

/**
 * AT_ANSWER_MALFORMED for an exchange whose answer is not what the note prints.
 * @param expected what it should have been, in words
 */
export const malformed = (exchange: Exchange, expected: string): HilError =>
  new HilError(
    'AT_ANSWER_MALFORMED',
    `${inMessage(maskPrivateKey(exchange.command))}: expected ${expected}, the answer was "${inMessage(exchange.raw)}"`,
    {
      wire: wireOf(exchange),
      remedy: `see exchange ${exchange.number}: lines ${exchange.trace[0]} to ${exchange.trace[1]} of the trace`,
    },
  );

/**
 * The information texts of an answer, in order, without their prefix.
 * @param command `AT+QDMPCFG` or `AT+QDMPCFGEX`; every line must begin with its name, a colon and one blank
 * @param count how many lines there must be
 * @throws AT_ANSWER_MALFORMED
 */
export function informationOf(exchange: Exchange, command: string, count: number): readonly string[] {
  const expected = count === 1 ? 'one line' : `${count} lines`;
  return textsOf(exchange, command, expected, (found) => found === count);
}

/**
 * The same where the number of lines is open: one at least. Real modules print the ranges of a test form on several
 * (clauses CFG-TEST-TEXT and EX-TEST-TEXT).
 */
export const someInformationOf = (exchange: Exchange, command: string): readonly string[] =>
  textsOf(exchange, command, 'one line or more', (found) => found > 0);

function textsOf(
  exchange: Exchange,
  command: string,
  expected: string,
  enough: (found: number) => boolean,
): readonly string[] {
  const prefix = `${command.slice('AT'.length)}: `;
  const lines = exchange.information;
  if (!enough(lines.length) || !lines.every((line) => line.startsWith(prefix))) {
    throw malformed(exchange, `${expected} beginning "${prefix}"`);
  }
  return lines.map((line) => line.slice(prefix.length));
}

/**
 * Takes a text apart at its commas into `count` fields; the last is greedy, since values come back unquoted and
 * may hold commas themselves. Blanks after the commas that separate are left out and counted. Quotes around a
 * field are left out: no value holds one, and that there should be none is judged by itself (clauses CFG-READ-UNQUOTED
 * and EX-READ-UNQUOTED). For display: a comma in any field but the last is misplaced; compare with `showsFields`
 * where that matters.
 * @returns fewer fields where the text has fewer
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
    rest = after.replace(/^ +/, '');
    blanks += after.length - rest.length;
  }
  return { fields: [...fields, rest].map(withoutQuotes), blanks };
}

const withoutQuotes = (field: string): string => /^"([^"]*)"$/s.exec(field)?.[1] ?? field;

/**
 * Whether a text is exactly these fields joined by commas, byte for byte, but for blanks after the joints and quotes
 * around a field. Right whatever the fields hold, since nothing is taken apart.
 */
export function showsFields(text: string, fields: readonly string[]): boolean {
  let rest: string | undefined = text;
  for (const [index, field] of fields.entries()) {
    if (index > 0) rest = rest.startsWith(',') ? rest.slice(1) : undefined;
    // A field may itself begin with a blank: it is looked for as it is first.
    rest =
      rest === undefined
        ? undefined
        : (afterField(rest, field) ?? (index > 0 ? afterField(rest.trimStart(), field) : undefined));
    if (rest === undefined) return false;
  }
  return rest === '';
}

const afterField = (text: string, field: string): string | undefined =>
  after(text, field === '' && text.startsWith('""') ? '""' : field) ?? after(text, `"${field}"`);

const after = (text: string, start: string): string | undefined =>
  text.startsWith(start) ? text.slice(start.length) : undefined;
