import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { replaceFile } from './replace-file.ts';

let work: string;
beforeEach(() => {
  work = mkdtempSync(path.join(tmpdir(), 'replace-'));
});
afterEach(() => rmSync(work, { recursive: true }));

test('a file is made with its folder and its permissions', () => {
  const file = path.join(work, 'a/b.json');
  replaceFile(file, 'one', { mode: 0o600, folderToo: true });
  replaceFile(file, 'two', { mode: 0o600, folderToo: true });
  expect(readFileSync(file, 'utf8')).toBe('two');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(path.dirname(file))).toEqual(['b.json']);
});

test('what cannot be put in place leaves the old file and no draft', () => {
  mkdirSync(path.join(work, 'full/inside'), { recursive: true });
  expect(() => replaceFile(path.join(work, 'full'), 'x')).toThrow();
  expect(readdirSync(work)).toEqual(['full']);
});

test('a link in the place of the draft is not followed', () => {
  const target = path.join(work, 'target');
  writeFileSync(target, 'untouched');
  symlinkSync(target, path.join(work, `file.${process.pid}.tmp`));
  expect(() => replaceFile(path.join(work, 'file'), 'x')).toThrow(
    expect.objectContaining({ code: 'ELOOP' }) as Error,
  );
  expect(readFileSync(target, 'utf8')).toBe('untouched');
});
