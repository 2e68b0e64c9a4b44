import { closeSync, fstatSync, ftruncateSync, openSync, readSync } from 'node:fs';
import path from 'node:path';
import { StringDecoder } from 'node:string_decoder';

import { HilError, messageOf } from '../../harness/base/error.ts';
import { escapeJson } from '../../harness/base/escape.ts';
import { makeFolder } from '../../harness/base/make-folder.ts';
import { openRegularFile } from '../../harness/base/read-file-within.ts';
import type { TraceBody, TraceSink, TraceSource } from '../../harness/base/trace.ts';
import { createAppender } from './appender.ts';

/** A line of the trace: `data`, if present, holds raw bytes, one character per byte (latin1). */
export type TraceLine = TraceBody & {
  readonly n: number;
  /** Monotonic ns. */
  readonly at: bigint;
  readonly source: TraceSource;
};

const CHUNK = 64 * 1024;
const NEWLINE = 0x0a;

/** The last complete line of the file, and where it ends; a line that a crash cut short is skipped. */
function lastLine(fd: number): { text: string; end: number } {
  const { size } = fstatSync(fd);
  let tail = Buffer.alloc(0);
  for (let from = size; ;) {
    const end = tail.lastIndexOf(NEWLINE);
    const start = end < 0 ? -1 : tail.lastIndexOf(NEWLINE, end - 1);
    if (start >= 0 || from === 0) {
      if (end < 0) return { text: '', end: 0 };
      return { text: tail.toString('utf8', start + 1, end), end: from + end + 1 };
    }
    const length = Math.min(CHUNK, from);
    const chunk = Buffer.alloc(length);
    from -= readSync(fd, chunk, 0, length, from - length);
    tail = Buffer.concat([chunk, tail]);
  }
}

const broken = (
  file: string,
  what: string,
  cause?: unknown,
  remedy = 'the file was changed after the run, or is not a trace; the lines before are intact',
): HilError => new HilError('RECORD_UNREADABLE', `${file}: ${what}`, { remedy, cause });

/** @throws RECORD_UNREADABLE, which names the place */
export function parseLine(file: string, text: string, place: string): TraceLine {
  try {
    const { n, at, source, ...body } = JSON.parse(text) as TraceBody & {
      n: number;
      at: string;
      source: TraceSource;
    };
    return { ...body, n, at: BigInt(at), source };
  } catch (cause) {
    throw broken(file, `${place} is not a line of a trace (${messageOf(cause)})`, cause);
  }
}

/** Nanoseconds become decimal text, because numbers in JSON are doubles. */
const textForBigints = (_key: string, value: unknown): unknown =>
  typeof value === 'bigint' ? value.toString() : value;

/**
 * The text of a line. Number, time and source come first for readability, and override keys of the body with these names.
 */
function lineText(n: number, at: bigint, source: TraceSource, body: TraceBody): string {
  const head = `{"n":${n},"at":"${at}","source":"${source}"`;
  if (isBytesAlone(body)) return `${head},"data":${escapeJson(JSON.stringify(body.data))}}\n`;
  const rest = JSON.stringify({ ...body, n: undefined, at: undefined, source: undefined }, textForBigints);
  return rest === '{}' ? `${head}}\n` : `${head},${escapeJson(rest.slice(1))}\n`;
}

/** Nearly all lines: they are made without a copy of the body and a call for each of its values. */
function isBytesAlone(body: TraceBody): body is { readonly data: string } {
  if (body.data === undefined) return false;
  for (const key in body) if (key !== 'data') return false;
  return true;
}

/** Whether the line tells of bytes on the UART. There are two of them and more for each exchange. */
const isTraffic = (source: TraceSource): boolean => source === 'uart.rx' || source === 'uart.tx';

interface OpenTraceOptions {
  /** The first number in a file that is new or empty. */
  readonly startAt?: number;
}

/**
 * Opens a trace for appending: one numbered JSON object per line. It is written before `write` returns, so a crash of this
 * process loses nothing; but lines of bytes on the UART are written together, by the end of the event loop's turn or
 * before the next other line. An existing file is continued: the numbers go on, and an incomplete last line is removed.
 * Writes after `close` are dropped: a late byte must not end a process that is putting the board at rest.
 * @throws RECORD_UNREADABLE if the existing file is not a trace; REPORT_FAILED if it cannot be opened
 */
export function openTrace(
  file: string,
  { startAt = 1 }: OpenTraceOptions = {},
): TraceSink & { close(): void } {
  const fd = openForAppending(file);
  let last: number;
  try {
    const { text, end } = lastLine(fd);
    last = text === '' ? startAt - 1 : parseLine(file, text, 'the last line').n;
    ftruncateSync(fd, end);
  } catch (error) {
    closeSync(fd);
    throw error;
  }
  let open = true;
  const lines = createAppender(fd);
  return {
    get last() {
      return last;
    },
    write(source, at, body) {
      if (!open) return last;
      last++;
      const text = lineText(last, at, source, body);
      if (isTraffic(source)) lines.appendSoon(text);
      else lines.append(text);
      return last;
    },
    close() {
      if (!open) return;
      open = false;
      lines.close();
    },
  };
}

function openForAppending(file: string): number {
  try {
    makeFolder(path.dirname(file));
    return openSync(file, 'a+');
  } catch (cause) {
    throw new HilError('REPORT_FAILED', `cannot write the trace ${file}: ${messageOf(cause)}`, {
      remedy: 'check the folder, its permissions and the free space',
      cause,
    });
  }
}

/** The complete lines of a text file, and the text after the last line end. */
function* linesOf(fd: number): Generator<{ text: string; whole: boolean }> {
  const decoder = new StringDecoder('utf8');
  const chunk = Buffer.alloc(CHUNK);
  let rest = '';
  for (let read = readSync(fd, chunk); read > 0; read = readSync(fd, chunk)) {
    const parts = (rest + decoder.write(chunk.subarray(0, read))).split('\n');
    rest = parts.pop() ?? '';
    for (const text of parts) yield { text, whole: true };
  }
  rest += decoder.end();
  if (rest !== '') yield { text: rest, whole: false };
}

/** Opens a trace for reading. @throws RECORD_UNREADABLE */
export function openForReading(file: string): number {
  try {
    return openRegularFile(file);
  } catch (cause) {
    throw broken(file, messageOf(cause), cause, 'name the folder of a run, e.g. reports/latest');
  }
}

/**
 * Reads the lines of a trace, in order and lazily. A last line that a crash cut short is skipped; any other line that
 * cannot be read is an error.
 * @throws RECORD_UNREADABLE
 */
export function* readTrace(file: string): Generator<TraceLine> {
  const fd = openForReading(file);
  try {
    let number = 0;
    for (const { text, whole } of linesOf(fd)) {
      number++;
      if (whole) yield parseLine(file, text, `line ${number}`);
    }
  } finally {
    closeSync(fd);
  }
}
