import { closeSync, fstatSync } from 'node:fs';
import { isatty } from 'node:tty';

import { messageOf } from '../base/error.ts';

/** An output and what people call it. */
type Named = readonly [name: string, output: NodeJS.WriteStream];

/**
 * Lets the program go on when one of its outputs can no longer be written: the reader has gone (`| head`, or `| tee`
 * after Ctrl-C has ended tee), the terminal was closed, or the disk behind it is full. A run has a record to complete and
 * a board to put at rest. What would be written there is dropped; the other output says so.
 */
export function outliveLostOutputs(): void {
  const outputs: readonly Named[] = [
    ['standard output', process.stdout],
    ['standard error', process.stderr],
  ];
  for (const named of outputs) outlive(named, outputs);
  outliveLostTerminals();
}

function outlive([name, output]: Named, all: readonly Named[]): void {
  let isLost = false;
  const lose = (error: NodeJS.ErrnoException): void => {
    if (isLost) return;
    isLost = true;
    // A reader that has gone did not want the rest.
    if (error.code === 'EPIPE') return;
    const text = `bc26-hil: ${name} can no longer be written (${messageOf(error)}): it is left out from here on\n`;
    for (const [other, stream] of all) if (other !== name) stream.write(text);
  };
  output.on('error', lose);
  const write = output.write.bind(output) as (...args: unknown[]) => boolean;
  output.write = (...args: unknown[]): boolean => {
    if (!isLost) {
      try {
        return write(...args);
      } catch (error) {
        // The stream that Node makes for a file throws.
        lose(error as NodeJS.ErrnoException);
      }
    }
    const written = args.at(-1);
    if (typeof written === 'function') queueMicrotask(written as () => void);
    return true;
  };
}

/**
 * At its end Node gives each terminal among its first three descriptors its settings back, and aborts (SIGABRT) where that
 * fails, as on a terminal that has gone (ResetStdio in Node's src/node.cc). It skips a closed descriptor.
 */
function outliveLostTerminals(): void {
  process.on('exit', () => {
    for (const descriptor of [0, 1, 2]) {
      try {
        if (fstatSync(descriptor).isCharacterDevice() && !isatty(descriptor)) closeSync(descriptor);
      } catch {
        // It is closed already.
      }
    }
  });
}
