import { HilError } from '../../base/error.ts';
import { escapeBytes, shortened } from '../../base/escape.ts';
import { maskPrivateKey } from '../../cmdmp/mask.ts';

/**
 * Checks the arguments of `at` before the board is touched: each is one line.
 * @throws USAGE, one line
 */
export function checkCommands(commands: readonly string[]): void {
  commands.forEach((command, at) => {
    const mistake = mistakeOf(command);
    if (mistake !== undefined) throw new HilError('USAGE', `command ${at + 1} ${mistake}`);
  });
}

function mistakeOf(command: string): string | undefined {
  if (command.trim() === '') return "is empty; write it like 'AT+QDMPCFG?'";
  if (/[\r\n]/.test(command))
    return `has more than one line; give each line as an argument of its own, without a line end: '${shown(command)}'`;
  if (/[^\0-\xff]/.test(command))
    return `holds a character that is not one byte; write it as the bytes that are meant: '${shown(command)}'`;
  return undefined;
}

const shown = (command: string): string => shortened(escapeBytes(Buffer.from(maskPrivateKey(command))), 100);
