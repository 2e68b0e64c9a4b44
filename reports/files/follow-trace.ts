import { closeSync, fstatSync, readSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { setTimeout as sleep } from 'node:timers/promises';

import { openForReading, parseLine, type TraceLine } from './trace-file.ts';

const CHUNK = 64 * 1024;

interface FollowOptions {
  /** Ends the following without an error. */
  readonly signal: AbortSignal;
  /** Whether nobody writes to the trace any more; asked whenever it has been read to its end. */
  readonly isOver: () => boolean;
  /** How often to look for new lines, ms. */
  readonly everyMs?: number;
}

/** The new complete lines of a growing file at each call. */
function growingLines(file: string, fd: number): () => Generator<TraceLine> {
  const chunk = Buffer.alloc(CHUNK);
  let decoder = new StringDecoder('utf8');
  let position = 0;
  let number = 0;
  let rest = '';
  return function* () {
    // Who completes the trace of a killed run cuts the line at its end that is not whole.
    const { size } = fstatSync(fd);
    if (size < position) {
      position = size;
      rest = '';
      decoder = new StringDecoder('utf8');
    }
    for (let read = 1; read > 0; position += read) {
      read = readSync(fd, chunk, 0, CHUNK, position);
      const parts = (rest + decoder.write(chunk.subarray(0, read))).split('\n');
      rest = parts.pop() ?? '';
      for (const text of parts) yield parseLine(file, text, `line ${++number}`);
    }
  };
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  sleep(ms, undefined, { signal }).catch(() => undefined);

/**
 * Reads the lines of a trace as they are written, until the run has ended, `isOver` says that it will not go on, or the
 * signal aborts.
 * @throws RECORD_UNREADABLE
 */
export async function* followTrace(
  file: string,
  { signal, isOver, everyMs = 200 }: FollowOptions,
): AsyncGenerator<TraceLine> {
  const fd = openForReading(file);
  try {
    const newLines = growingLines(file, fd);
    let hasEnded = false;
    while (!signal.aborted) {
      // Asked before the reading: what was written until then is read.
      const wasOver = hasEnded || isOver();
      for (const line of newLines()) {
        yield line;
        hasEnded ||= line.source === 'note' && line['type'] === 'run-end';
      }
      if (wasOver || hasEnded) return;
      await pause(everyMs, signal);
    }
  } finally {
    closeSync(fd);
  }
}
