import { cmeText } from './cme-text.ts';
import type { Answer } from './handler.ts';

/**
 * The bytes of an answer (latin1), framed as in the AT manual §1.2: CR LF stand before and after the information
 * lines of each command, and before and after the final result.
 * @param blocks the information lines of each command of the line, in order
 * @param errorFormat AT+CMEE: 0 plain `ERROR`, 1 a number, 2 a text (27.007 §9.1)
 */
export function answerText(
  blocks: readonly (readonly string[])[],
  result: Answer['result'],
  errorFormat: number,
): string {
  const parts = blocks.filter((lines) => lines.length > 0).map((lines) => lines.join('\r\n'));
  const final = finalResult(result, errorFormat);
  return [...parts, ...(final === undefined ? [] : [final])].map((part) => `\r\n${part}\r\n`).join('');
}

function finalResult(result: Answer['result'], errorFormat: number): string | undefined {
  if (result === 'none') return undefined;
  if (result === 'OK') return 'OK';
  if (result.error === undefined || errorFormat === 0) return 'ERROR';
  return `+CME ERROR: ${errorFormat === 2 ? cmeText(result.error) : result.error}`;
}
