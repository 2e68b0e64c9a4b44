import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { readHistory, writeHistory } from './history.ts';

describe('the history', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'bc26-hil-history-'));
  const file = path.join(folder, 'state', 'console-history');
  afterAll(() => rmSync(folder, { recursive: true }));

  test('is empty at first', () => {
    expect(readHistory(file)).toEqual([]);
  });

  test('keeps what was typed for this user alone, and no private key', () => {
    writeHistory(file, ['ATI', 'AT+QDMPCFG=2,"M100000089","secret-of-the-module",0', 'AT+QDMPCFG?']);
    expect(readHistory(file)).toEqual(['ATI', 'AT+QDMPCFG?']);
    expect(readFileSync(file, 'utf8')).not.toContain('secret');
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });
});
