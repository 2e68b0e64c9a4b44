import { stripVTControlCharacters, styleText } from 'node:util';

/** The widest that a text for people is, and its width where no terminal shows it, characters. */
const WIDEST = 110;
/** Narrower terminals break the lines themselves, characters. */
const NARROWEST = 40;

/** Functions that emphasize a text. */
export interface Ink {
  readonly title: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly unsure: (text: string) => string;
}

const unchanged = (text: string): string => text;

/** No colours: for files and pipes. */
export const plain: Ink = { title: unchanged, good: unchanged, bad: unchanged, unsure: unchanged };

const styled =
  (style: Parameters<typeof styleText>[0]) =>
  (text: string): string =>
    // The caller decides about colours; Node would check standard output, which may be another stream.
    styleText(style, text, { validateStream: false });

/** Colours of a terminal. */
export const coloured: Ink = {
  title: styled('bold'),
  good: styled('green'),
  bad: styled('red'),
  unsure: styled('yellow'),
};

/** Where to cut a long line: after the last blank that fits, otherwise at the full width. */
function cutAt(text: string, room: number): number {
  const blank = text.lastIndexOf(' ', room);
  return blank > room / 2 ? blank : room;
}

/** The lines of a text, indented; none is broken. */
export const indentedLines = (text: string, indent: number): string[] =>
  text.split('\n').map((line) => `${' '.repeat(indent)}${line}`.trimEnd());

/**
 * Breaks a line at blanks so that it fits; what follows is indented as the line is. Colours may stand at its ends.
 * @param columns of the terminal, if there is one
 */
export function wrapped(line: string, columns = WIDEST): string[] {
  const text = stripVTControlCharacters(line);
  const start = line.indexOf(text);
  const indent = /^ */.exec(text)?.[0] ?? '';
  const room = Math.min(WIDEST, Math.max(NARROWEST, columns)) - indent.length;
  if (start < 0 || text.length - indent.length <= room) return [line];
  const lines: string[] = [];
  let rest = text.slice(indent.length);
  while (rest.length > room) {
    const at = cutAt(rest, room);
    lines.push(rest.slice(0, at).trimEnd());
    rest = rest.slice(at).trimStart();
  }
  const indented = [...lines, rest].map((part) => `${indent}${part}`).join('\n');
  return `${line.slice(0, start)}${indented}${line.slice(start + text.length)}`.split('\n');
}

/** `1 test`, `2 tests`. */
export const countNoun = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;

/** Milliseconds for people: `0.35 ms`, `12.3 ms`, `71.2 s`, `12 min 5 s`. */
export function duration(ms: number): string {
  if (ms < 1) return `${ms.toFixed(2)} ms`;
  if (ms < 1_000) return `${ms.toFixed(1)} ms`;
  if (ms < 120_000) return `${(ms / 1_000).toFixed(1)} s`;
  // Rounded as a whole, or the rest of a minute could be 60 s.
  const seconds = Math.round(ms / 1_000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
