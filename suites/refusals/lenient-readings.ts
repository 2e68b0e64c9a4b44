const BACKSPACED = /[^\x7f]?\x7f/g;

/** Each way in which a UART or a parser may treat one kind of byte, the first being to keep it. */
const treatments: readonly (readonly ((line: string) => string)[])[] = [
  // 7-bit UARTs strip the eighth bit.
  [
    (line) => line,
    (line) => line.replace(/[\x80-\xff]/g, (byte) => String.fromCharCode(byte.charCodeAt(0) & 0x7f)),
  ],
  // NUL is lost by drivers, and ends a string in C.
  [(line) => line, (line) => line.replaceAll('\0', ''), (line) => line.replace(/\0.*$/s, '')],
  // DEL is dropped, or deletes the byte before it.
  [(line) => line, (line) => line.replaceAll('\x7f', ''), (line) => line.replace(BACKSPACED, '')],
  // V.250 §5.2: other control characters are no part of a command.
  [(line) => line, (line) => line.replace(/[\x01-\x1f]/g, '')],
];

/**
 * The lines that a module may take a line for, itself first: bytes that are no text are kept by some, dropped or obeyed by
 * others. The note is silent, so each is a reading that a sound module may have.
 */
export const lenientReadings = (line: string): readonly string[] => [
  ...treatments.reduce<ReadonlySet<string>>(
    (lines, ways) => new Set([...lines].flatMap((each) => ways.map((way) => way(each)))),
    new Set([line]),
  ),
];
