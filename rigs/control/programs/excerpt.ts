import type { Readable } from 'node:stream';

import { escapeText } from '../../../harness/base/escape.ts';

/** What a program printed: bounded, and safe to show. */
interface Excerpt {
  text(): string;
}

/** The first words name the mistake as often as the last ones do. */
const headBytes = 600;
const tailBytes = 1_400;

/** Keeps the beginning and the end of a stream, and so keeps reading it: a full pipe would stop its writer. */
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
  // The program's end is what counts; how its pipe ended says nothing more.
  stream?.on('error', () => {});
  const text = (): string => Buffer.concat([head, Buffer.from(cut ? ' … ' : ''), tail]).toString('utf8');
  return { text: () => escapeText(text().trim()) };
}
