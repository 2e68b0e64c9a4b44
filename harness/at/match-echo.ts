import { edited, sevenBits, withoutControls } from './edited.ts';

/** The part of a command's echo that has not arrived yet; empty once all of it has. */
export type EchoRest = string;

type EchoMatch =
  | { readonly is: 'none' }
  /** The whole line is the echo, or a part of it. */
  | { readonly is: 'echo'; readonly rest: EchoRest }
  /** The echo had no line end of its own: `line` is what follows it. */
  | { readonly is: 'glued'; readonly line: string };

/**
 * Compares a line with the rest of the echo, by exact text. Lines are not counted, since firmwares end an echo
 * differently (`AT\r`, `AT\r\n`, `AT\r\r\n`, nothing: BC26.md §2, TRANSCRIPTS.md §2). The echo may come in parts,
 * since an unsolicited line may cut it in two (TRANSCRIPTS.md §E).
 */
export function matchEcho(line: string, rest: EchoRest): EchoMatch {
  if (rest === '' || line === '') return { is: 'none' };
  if (rest.startsWith(line)) return { is: 'echo', rest: withoutDropped(rest.slice(line.length)) };
  if (line.startsWith(rest)) return { is: 'glued', line: line.slice(rest.length) };
  const left = restOfEdited(line, rest);
  return left === undefined ? { is: 'none' } : { is: 'echo', rest: left };
}

/**
 * What is left of the echo of a command that a UART or a line editor has changed (`edited`). Only of a command with bytes
 * that they change.
 * @returns undefined where the line is no part of it
 */
function restOfEdited(line: string, command: string): EchoRest | undefined {
  if (!/[^\x20-\x7e]/.test(command)) return undefined;
  const echo = withoutControls(sevenBits(line).replace(rubOut, ''));
  // The shortest rest: where all of it may have come, it has.
  const rests = edited(command)
    .filter((one) => echo !== '' && one.startsWith(echo))
    .map((one) => one.slice(echo.length));
  return rests.toSorted((one, other) => one.length - other.length)[0];
}

/** What is left of an echo; nothing where only control characters are, since a UART that drops them drops all of them. */
const withoutDropped = (rest: string): string => (withoutControls(rest) === '' ? '' : rest);

/** What an editor echoes for a backspace, with the character that it takes away. */
const rubOut = /[^\b]?\x08 \x08/g;
