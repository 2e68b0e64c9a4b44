import stringWidth from 'string-width';

import { escapeText, shortened } from '../../base/escape.ts';

/**
 * Text of which each character takes one column of a terminal: control characters, line breaks, and what is wide, joined
 * or invisible are escaped; its `length` is its width. A rig's name or a device's text could otherwise break a line that is written over later.
 */
export const oneColumnEach = (text: string): string =>
  [...escapeText(text)]
    .map((char) =>
      char.length === 1 && stringWidth(char) === 1 ? char : `\\u{${char.codePointAt(0)?.toString(16)}}`,
    )
    .join('');

/** A text as one line of at most `columns` columns, cut at its end. */
export function fitted(text: string, columns: number): string {
  const safe = oneColumnEach(text);
  return shortened(safe, Math.max(1, columns));
}

/**
 * A text as lines of at most `columns` columns, broken where it is and at blanks where that is possible; the later ones
 * are indented by `indent`, unless the terminal is too narrow for it.
 */
export function folded(text: string, columns: number, indent: number): readonly string[] {
  const hang = ' '.repeat(columns >= 3 * indent ? indent : 0);
  const [first = '', ...others] = text.split('\n').map(oneColumnEach);
  return [first, ...others.map((line) => hang + line)].flatMap((line) => foldedLine(line, columns, hang));
}

function foldedLine(line: string, columns: number, hang: string): readonly string[] {
  const lines: string[] = [];
  let rest = line;
  while (rest.length > columns) {
    const blank = rest.lastIndexOf(' ', columns);
    const at = blank > Math.max(columns / 2, hang.length) ? blank : columns;
    lines.push(rest.slice(0, at).trimEnd());
    rest = hang + rest.slice(at).trimStart();
  }
  return [...lines, rest];
}
