import { HilError } from '../base/error.ts';

/** @returns USAGE for text that is not one command line of one character a byte (latin1), else undefined. */
export function commandMistake(command: string): HilError | undefined {
  if (!/[\r\n]|[^\u0000-\u00ff]/.test(command)) return undefined;
  return new HilError('USAGE', 'a command is one line, one character a byte (latin1)', {
    remedy: 'encode other text as UTF-8 bytes first; use transmit for more than one line',
  });
}
