import { cmeText } from './cme-text.ts';
import type { Answer } from './handler.ts';

/** How errors are told, `AT+CMEE`: 0 plain `ERROR`, 1 a number, 2 a text (27.007 §9.1). */
type ErrorReport = number;

/**
 * The bytes of an answer (latin1), framed as the AT manual §1.2 has it: each command's information lines are
 * one block, with CR LF before and after; so is the final result.
 * @param blocks the information lines of each command of the line, in order
 */
export function answerText(
  blocks: readonly (readonly string[])[],
  result: Answer['result'],
  report: ErrorReport,
): string {
  const parts = blocks.filter((lines) => lines.length > 0).map((lines) => lines.join('\r\n'));
  const final = finalResult(result, report);
  return [...parts, ...(final === undefined ? [] : [final])].map((part) => `\r\n${part}\r\n`).join('');
}

function finalResult(result: Answer['result'], report: ErrorReport): string | undefined {
  if (result === 'none') return undefined;
  if (result === 'OK') return 'OK';
  if (result.error === undefined || report === 0) return 'ERROR';
  return `+CME ERROR: ${report === 2 ? cmeText(result.error) : result.error}`;
}
