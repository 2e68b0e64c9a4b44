export const withoutControls = (text: string): string => text.replace(/[\x00-\x1f\x7f]/g, '');

/** With the eighth bit of each character off. */
export const sevenBits = (text: string): string =>
  text.replace(/[\x80-\xff]/g, (character) => String.fromCharCode(character.charCodeAt(0) & 0x7f));

/**
 * The texts that a UART and a line editor may make of a command, each once. They may strip the eighth bit, drop control
 * characters, and delete the character before a backspace or DEL; the application note does not say (U).
 */
export function edited(command: string): readonly string[] {
  const texts = [command, sevenBits(command)]
    .flatMap((sent) => [sent, sent.replace(/[^\b\x7f]?[\b\x7f]/g, '')])
    .flatMap((text) => [text, sevenBits(text)]);
  return [...new Set(texts.map(withoutControls))];
}
