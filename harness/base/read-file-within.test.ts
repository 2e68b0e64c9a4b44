import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { readFileWithin } from './read-file-within.ts';

let work: string;
beforeEach(() => {
  work = mkdtempSync(path.join(tmpdir(), 'read-'));
});
afterEach(() => rmSync(work, { recursive: true }));

const fileOf = (text: string): string => {
  const file = path.join(work, 'file');
  writeFileSync(file, text);
  return file;
};

test('a file is read whole, up to the limit', () => {
  expect(readFileWithin(fileOf(''))).toBe('');
  expect(readFileWithin(fileOf('Grüße'), 7)).toBe('Grüße');
  expect(() => readFileWithin(fileOf('Grüße'), 6)).toThrow(/file is larger than 6 bytes/);
});

test('what is no regular file is not read', () => {
  const fifo = path.join(work, 'fifo');
  execFileSync('mkfifo', [fifo]);
  expect(() => readFileWithin(fifo)).toThrow(/fifo is not a regular file/);
  expect(() => readFileWithin('/dev/zero')).toThrow(/not a regular file/);
  expect(() => readFileWithin(work)).toThrow(/not a regular file/);
  expect(() => readFileWithin(path.join(work, 'none'))).toThrow(
    expect.objectContaining({ code: 'ENOENT' }) as Error,
  );
});
