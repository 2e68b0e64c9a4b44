import { pino } from 'pino';
import type { Logger } from 'pino';

/** The harness's own log: what it did and why, for whoever has to find out later. */
interface RunLog {
  readonly log: Logger;
  readonly close: () => void;
}

/**
 * Opens `log.jsonl`. Written synchronously, so that a crash loses nothing, and to a file alone: standard
 * output belongs to Jest and to the summary. Handed on, never global.
 * @param name who writes: the supervisor and the Jest child append to the same file
 */
export function openLog(file: string, name: string): RunLog {
  const destination = pino.destination({ dest: file, sync: true, mkdir: true });
  return {
    log: pino(
      { name, base: { name, pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime },
      destination,
    ),
    close() {
      destination.flushSync();
      destination.end();
    },
  };
}
