import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { makeFolder } from './make-folder.ts';

let work: string;
beforeEach(() => {
  work = mkdtempSync(path.join(tmpdir(), 'folder-'));
});
afterEach(() => rmSync(work, { recursive: true }));

test('a folder is made with those above it', () => {
  const folder = path.join(work, 'a/b/c');
  expect(makeFolder(folder)).toBe(path.join(work, 'a'));
  expect(statSync(folder).isDirectory()).toBe(true);
});

test('a folder that exists stays as it is', () => {
  expect(makeFolder(work)).toBeUndefined();
});

test('a file in its place is an error', () => {
  const file = path.join(work, 'file');
  writeFileSync(file, '');
  expect(() => makeFolder(file)).toThrow(expect.objectContaining({ code: 'EEXIST' }) as Error);
  expect(() => makeFolder(path.join(file, 'below'))).toThrow(
    expect.objectContaining({ code: expect.stringMatching(/ENOTDIR|EEXIST/) as string }) as Error,
  );
});

test('a place where no folder can be made is an error at once', () => {
  expect(() => makeFolder('/proc/x/y')).toThrow(expect.objectContaining({ code: 'ENOENT' }) as Error);
});
