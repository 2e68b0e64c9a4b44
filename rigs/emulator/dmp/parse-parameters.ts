import type { Settings } from '../settings/settings.ts';

export interface Parameter {
  /** Byte for byte (latin1), without its quotes. */
  readonly text: string;
  readonly quoted: boolean;
}

/**
 * Splits a parameter list at the commas outside quotes.
 * @param list what follows `=` (latin1)
 * @param settings tells whether blanks beside a comma are ignored
 * @returns undefined: a quote does not close, or text stands beside a quoted string
 */
export function parseParameters(list: string, settings: Settings): readonly Parameter[] | undefined {
  const parameters = splitOutsideQuotes(list).map((piece) => parseOne(piece, settings));
  return parameters.every((parameter) => parameter !== undefined) ? parameters : undefined;
}

/** The pieces between the commas outside quotes, with their quotes and blanks. */
export function splitOutsideQuotes(list: string): readonly string[] {
  const pieces: string[] = [];
  let piece = '';
  let inside = false;
  for (const character of list) {
    if (character === '"') inside = !inside;
    if (character === ',' && !inside) {
      pieces.push(piece);
      piece = '';
    } else piece += character;
  }
  return [...pieces, piece];
}

function parseOne(piece: string, settings: Settings): Parameter | undefined {
  const bare = settings.blanks === 'ignored' ? piece.replace(/^ +| +$/g, '') : piece;
  if (!bare.includes('"')) return { text: bare, quoted: false };
  const quoted = /^"([^"]*)"$/.exec(bare);
  return quoted?.[1] === undefined ? undefined : { text: quoted[1], quoted: true };
}

/** The number that a parameter stands for; undefined: it is no number (a sign, decimals, text, nothing). */
export function parseNumber(parameter: Parameter | undefined, settings: Settings): number | undefined {
  if (parameter === undefined) return undefined;
  if (parameter.quoted && settings.numberQuoted === 'refused') return undefined;
  const match = /^(\+?)(\d{1,40})$/.exec(parameter.text);
  if (match?.[2] === undefined) return undefined;
  if (match[1] && settings.numberPlus === 'refused') return undefined;
  if (/^0\d/.test(match[2]) && settings.numberLeadingZeros === 'refused') return undefined;
  // Above 2^53 a double is inexact but still above every limit, so nothing wraps.
  return Number(match[2]);
}
