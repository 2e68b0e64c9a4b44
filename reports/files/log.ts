import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';

import { type Logger, pino } from 'pino';

/** The harness's own log: what it did and why, for whoever has to find out later. */
interface RunLog {
  readonly log: Logger;
  readonly close: () => void;
}

/**
 * Opens `log.jsonl`. Written synchronously, so that a crash loses nothing, and to a file alone: standard
 * output belongs to Jest and to the summary. Handed on, never global. A line that cannot be written is lost, and
 * ends nothing: a disk that is full is told by the record. (pino's own destination throws then, and its flush tries
 * for ever: sonic-boom 4, flushSync.)
 * @param name who writes: the supervisor and the Jest child append to the same file
 */
export function openLog(file: string, name: string): RunLog {
  mkdirSync(path.dirname(file), { recursive: true });
  const fd = openSync(file, 'a');
  const destination = {
    write(line: string): void {
      try {
        writeSync(fd, line);
      } catch {
        // As said above.
      }
    },
  };
  return {
    log: pino(
      { name, base: { name, pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime },
      destination,
    ),
    close: () => closeSync(fd),
  };
}
