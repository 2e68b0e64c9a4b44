/** A word as a shell takes it, in single quotes. */
export const quotedWord = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;
