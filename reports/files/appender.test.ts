import { execFileSync } from 'node:child_process';
import { constants, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { createAppender } from './appender.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'bc26-hil-appender-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** A pipe that takes 64 kB and then no more until they were read: what a full disk is to a file. */
function openPipe() {
  const file = path.join(folder, 'pipe');
  execFileSync('mkfifo', [file]);
  const fd = openSync(file, constants.O_RDWR | constants.O_NONBLOCK);
  const read = (): string => {
    const buffer = Buffer.alloc(1 << 20);
    return buffer.toString('utf8', 0, readSync(fd, buffer));
  };
  return { appender: createAppender(fd), read };
}

const long = `${'0123456789'.repeat(10_000)}\n`;
const full = expect.objectContaining({ code: 'EAGAIN' }) as Error;

describe('text that cannot be written', () => {
  test('is reported at once by append, and is whole when there is space again', () => {
    const { appender, read } = openPipe();
    expect(() => appender.append(long)).toThrow(full);
    let found = read();
    appender.append('next\n');
    found += read();
    expect(found).toBe(`${long}next\n`);
    appender.close();
  });

  test('is reported by the text after it, if it was to be written soon', async () => {
    const { appender, read } = openPipe();
    appender.appendSoon(long);
    await turn();
    expect(() => appender.appendSoon('second\n')).toThrow(full);
    let found = read();
    await turn();
    appender.appendSoon('third\n');
    await turn();
    found += read();
    expect(found).toBe(`${long}second\nthird\n`);
    appender.close();
  });

  test('is reported by close', () => {
    const { appender } = openPipe();
    appender.appendSoon(long);
    expect(() => appender.close()).toThrow(full);
  });
});
