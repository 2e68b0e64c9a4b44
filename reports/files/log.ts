import { closeSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';

import { type Logger, pino } from 'pino';

import { escapeJson } from '../../harness/base/escape.ts';
import { makeFolder } from '../../harness/base/make-folder.ts';

/** The harness's own log: what it did and why, to investigate problems later. */
interface RunLog {
  readonly log: Logger;
  readonly close: () => void;
}

/**
 * Opens `log.jsonl`. Written synchronously, so that a crash loses nothing, and to a file only: standard output belongs to
 * Jest and the summary. A line that cannot be written is lost without an error, because the record reports a full disk.
 * (pino's own destination would throw, and its flush would try forever: sonic-boom 4, flushSync.)
 * @param name the writer: the supervisor and the Jest child append to the same file
 */
export function openLog(file: string, name: string): RunLog {
  makeFolder(path.dirname(file));
  const fd = openSync(file, 'a');
  const destination = {
    write(line: string): void {
      try {
        writeSync(fd, escapeJson(line));
      } catch {
        // See above.
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
