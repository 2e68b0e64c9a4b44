import type { Readable } from 'node:stream';

import { escapeText } from '../../../harness/base/escape.ts';

/** A program's output, shortened and escaped. */
interface Excerpt {
  text(): string;
}

/** Both are kept, since the reason of a failure may be at the beginning or at the end. */
const headBytes = 600;
const tailBytes = 1_400;

/** Reads a stream to its end, so that its writer is never blocked, and keeps the beginning and the end of it. */
export function keepExcerpt(stream: Readable | null | undefined): Excerpt {
  let head = Buffer.alloc(0);
  let tail = Buffer.alloc(0);
  let cut = false;
  stream?.on('data', (bytes: Buffer) => {
    const room = headBytes - head.length;
    head = Buffer.concat([head, bytes.subarray(0, room)]);
    tail = Buffer.concat([tail, bytes.subarray(room)]);
    cut ||= tail.length > tailBytes;
    tail = tail.subarray(-tailBytes);
  });
  // An error of the pipe says nothing that the program's end does not say.
  stream?.on('error', () => {});
  const text = (): string => Buffer.concat([head, Buffer.from(cut ? ' … ' : ''), tail]).toString('utf8');
  return { text: () => escapeText(text().trim()) };
}
