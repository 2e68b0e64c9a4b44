/**
 * The extended commands a command line names, upper case, in order: `AT+CMEE=1;+CREG=2` gives `+CMEE`, `+CREG`.
 * What stands in double quotes is data. A basic command (`ATI`, `AT`) names none: its information lines have no prefix.
 */
export function commandNames(command: string): string[] {
  const bare = command.replace(/"[^"]*"?/g, '""');
  return Array.from(bare.matchAll(/[+*^%#$][A-Z][A-Z0-9]*/gi), ([name]) => name.toUpperCase());
}

/**
 * The name a line begins with, upper case, or undefined. Blanks before the colon, an `=` in its place and a
 * name that stands alone were all seen (TRANSCRIPTS.md §4, §7, §14).
 */
export const lineName = (line: string): string | undefined =>
  /^([+*^%#$][A-Z][A-Z0-9]*)[ ]*(?:[:=]|$)/i.exec(line)?.[1]?.toUpperCase();
