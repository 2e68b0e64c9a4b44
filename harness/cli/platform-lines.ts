import { createInterface } from 'node:readline';

import { describeError, messageOf } from '../base/error.ts';
import { carryOutLine, type Scripted } from '../platform/script-line.ts';
import { lineHelp } from './platform-help.ts';

/**
 * Takes lines that change how the platform answers. The end of the input ends nothing but this; a line that says
 * nothing is answered with what is wrong.
 * @param tell `changed` hears what a line has changed, `print` the list of lines, `mistake` what is wrong with one
 * @returns ends it, and lets the input go
 */
export function takeLines(
  input: NodeJS.ReadStream,
  platform: Scripted,
  tell: { changed(text: string): void; print(text: string): void; mistake(text: string): void },
): () => void {
  const lines = createInterface({ input });
  lines.on('line', (line) => {
    if (line.trim() === '') return;
    if (line.trim() === 'help') return tell.print(lineHelp);
    try {
      tell.changed(carryOutLine(line, platform));
    } catch (error) {
      tell.mistake(describeError(error));
    }
  });
  input.once('error', (error) => tell.mistake(`no more lines are read: ${messageOf(error)}`));
  return () => {
    lines.close();
    // Closing the reader only pauses the input, and an open pipe keeps the process alive.
    input.destroy();
  };
}
