import type { Settings } from '../settings/settings.ts';
import { cmeText } from './cme-text.ts';
import type { Answer } from './handler.ts';

/**
 * The bytes of an answer (latin1), framed as in the AT manual §1.2: CR LF stand before and after the information
 * lines of each command, and before and after the final result.
 * @param blocks the information lines of each command of the line, in order
 * @param errorFormat AT+CMEE: 0 plain `ERROR`, 1 a number, 2 a text (27.007 §9.1)
 * @param emptyLines empty lines beyond this framing (AT-FRAME-BLANK)
 */
export function answerText(
  blocks: readonly (readonly string[])[],
  result: Answer['result'],
  errorFormat: number,
  emptyLines: Settings['emptyLines'] = 'none',
): string {
  const parts = blocks.filter((lines) => lines.length > 0).map((lines) => lines.join('\r\n'));
  const final = finalResult(result, errorFormat);
  const framed = parts.map((part) => `\r\n${part}\r\n`).join('');
  if (final === undefined) return framed;
  const more = emptyLines === 'before-final' ? '\r\n' : '';
  const whole = `${framed}${more}\r\n${final}\r\n`;
  return emptyLines === 'around' ? `\r\n${whole}\r\n` : whole;
}

function finalResult(result: Answer['result'], errorFormat: number): string | undefined {
  if (result === 'none') return undefined;
  if (result === 'OK') return 'OK';
  if (result.error === undefined || errorFormat === 0) return 'ERROR';
  return `+CME ERROR: ${errorFormat === 2 ? cmeText(result.error) : result.error}`;
}
