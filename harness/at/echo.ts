/** How much of a command's echo is still to come: its text from here on; empty once all of it has been seen. */
export type EchoRest = string;

/** What a line has to do with the echo. */
type EchoMatch =
  | { readonly is: 'none' }
  /** The whole line is (a part of) the echo. */
  | { readonly is: 'echo'; readonly rest: EchoRest }
  /** The echo had no line end of its own: `line` is what follows it. */
  | { readonly is: 'glued'; readonly line: string };

/**
 * Compares a line with what is left of the echo, by exact text: how an echo ends differs between firmwares
 * (`AT\r`, `AT\r\n`, `AT\r\r\n`, nothing: BC26.md §2, TRANSCRIPTS.md §2), so lines are not counted.
 * An unsolicited line may cut an echo in two (TRANSCRIPTS.md §E), hence parts.
 */
export function matchEcho(line: string, rest: EchoRest): EchoMatch {
  if (rest === '' || line === '') return { is: 'none' };
  if (rest.startsWith(line)) return { is: 'echo', rest: rest.slice(line.length) };
  return line.startsWith(rest) ? { is: 'glued', line: line.slice(rest.length) } : { is: 'none' };
}
