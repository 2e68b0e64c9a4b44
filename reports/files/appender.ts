import { closeSync, writeSync } from 'node:fs';

/** Appends text to an open file. */
export interface Appender {
  /** Writes the text, after all that was added before, before it returns. @throws what the file system says */
  append(text: string): void;
  /**
   * Writes the text by the end of this turn of the event loop, at the next `append` or `close`, or when the process exits,
   * whichever comes first.
   * @throws what an earlier text could not be written for
   */
  appendSoon(text: string): void;
  /** Writes what is left, and closes the file in any case. */
  close(): void;
}

/** What cannot be written is kept and comes first in the next attempt: a disk that is full may have space again. */
export function createAppender(fd: number): Appender {
  let texts = '';
  let rest: Buffer | undefined;
  let soon: NodeJS.Immediate | undefined;
  let failure: { readonly error: unknown } | undefined;
  let watchesExit = false;

  const flush = (): void => {
    clearImmediate(soon);
    soon = undefined;
    failure = undefined;
    if (texts !== '') {
      const bytes = Buffer.from(texts);
      rest = rest ? Buffer.concat([rest, bytes]) : bytes;
      texts = '';
    }
    while (rest) {
      const written = writeSync(fd, rest);
      rest = written < rest.length ? rest.subarray(written) : undefined;
    }
  };

  /** Nobody hears of a failure here, so the next text does. */
  const flushUnheard = (): void => {
    try {
      flush();
    } catch (error) {
      failure = { error };
    }
  };

  return {
    append(text) {
      texts += text;
      flush();
    },
    appendSoon(text) {
      texts += text;
      soon ??= setImmediate(flushUnheard);
      if (!watchesExit) process.on('exit', flushUnheard);
      watchesExit = true;
      if (failure) throw failure.error;
    },
    close() {
      process.off('exit', flushUnheard);
      try {
        flush();
      } finally {
        closeSync(fd);
      }
    },
  };
}
