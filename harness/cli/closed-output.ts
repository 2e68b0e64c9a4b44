/**
 * Goes on where nobody reads what is printed any more (`| head`; `| tee` once Ctrl-C has ended tee): a run has a
 * record to finish and a board to put at rest. Any other error of an output is thrown, as it would be without this.
 */
export function outliveClosedOutput(outputs: readonly NodeJS.WriteStream[]): void {
  for (const output of outputs) {
    output.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
}
