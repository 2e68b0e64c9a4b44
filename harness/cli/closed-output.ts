/**
 * Lets the program go on when the reader of its output has gone (`| head`, or `| tee` after Ctrl-C has ended tee): a
 * run has a record to complete and a board to put at rest. Any other output error is thrown as usual.
 */
export function outliveClosedOutput(outputs: readonly NodeJS.WriteStream[]): void {
  for (const output of outputs) {
    output.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
}
