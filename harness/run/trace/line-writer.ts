/** What lines are written to: standard output. */
export interface LineOutput {
  write(text: string, done: () => void): boolean;
  /** False once nobody reads it any more. */
  readonly writable: boolean;
}

/** Writes lines in large pieces and waits for each: an output that is read slowly needs no memory. */
export interface LineWriter {
  write(line: string): Promise<void> | undefined;
  flush(): Promise<void>;
  readonly isLost: boolean;
}

const CHUNK = 64 * 1024;

export function createLineWriter(output: LineOutput): LineWriter {
  let waiting = '';
  function flush(): Promise<void> {
    const text = waiting;
    waiting = '';
    if (text === '') return Promise.resolve();
    return new Promise((resolve) => {
      output.write(text, () => resolve());
    });
  }
  return {
    write(line) {
      waiting += `${line}\n`;
      return waiting.length > CHUNK ? flush() : undefined;
    },
    flush,
    get isLost() {
      return !output.writable;
    },
  };
}
