import { createHash } from 'node:crypto';
import { closeSync, readSync } from 'node:fs';

import { openRegularFile } from '../../harness/base/read-file-within.ts';

/** After so many lines the chain's value is kept: a change is found within as many lines. */
export const linesPerLink = 1000;

/** A hash over all lines so far, each with the hash before it. */
export interface TraceChain {
  readonly lines: number;
  /** Hex, after each `linesPerLink` lines, and after the last. */
  readonly links: readonly string[];
}

const first = Buffer.from('bc26-hil trace 1');
const newline = 0x0a;

/**
 * The chain of a trace; a last line without an end counts as one.
 * @throws the error of the system; RangeError where it is no regular file
 */
export function chainOf(file: string): TraceChain {
  const links: string[] = [];
  let value = first;
  let lines = 0;
  for (const line of linesOf(file)) {
    value = createHash('sha256').update(value).update(line).digest();
    if (++lines % linesPerLink === 0) links.push(value.toString('hex'));
  }
  if (lines % linesPerLink !== 0) links.push(value.toString('hex'));
  return { lines, links };
}

/** The bytes of each line, its end included. */
function* linesOf(file: string): Generator<Buffer> {
  const fd = openRegularFile(file);
  try {
    const chunk = Buffer.alloc(256 * 1024);
    let parts: Buffer[] = [];
    for (let read = readSync(fd, chunk); read > 0; read = readSync(fd, chunk)) {
      let from = 0;
      for (let end = chunk.indexOf(newline); end >= 0 && end < read; end = chunk.indexOf(newline, from)) {
        yield Buffer.concat([...parts, chunk.subarray(from, end + 1)]);
        parts = [];
        from = end + 1;
      }
      parts.push(Buffer.from(chunk.subarray(from, read)));
    }
    const rest = Buffer.concat(parts);
    if (rest.length > 0) yield rest;
  } finally {
    closeSync(fd);
  }
}
