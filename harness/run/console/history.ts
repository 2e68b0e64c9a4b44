import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { makeFolder } from '../../base/make-folder.ts';
import { readFileWithin } from '../../base/read-file-within.ts';
import { maskPrivateKey } from '../../cmdmp/mask.ts';

/** How many lines are kept: a few days' work. */
const MOST_LINES = 500;

/** Whether a line is kept: none with a private key is, neither in the session nor in the file. */
export const mayBeKept = (line: string): boolean => line !== '' && maskPrivateKey(line) === line;

/** The lines of earlier sessions, newest first; empty when the file cannot be read. */
export function readHistory(file: string): string[] {
  try {
    return readFileWithin(file).split('\n').filter(Boolean).slice(0, MOST_LINES);
  } catch {
    return [];
  }
}

/**
 * Writes the lines typed, newest first, readable for this user alone; lines with private keys are left out.
 * @throws what the file system throws
 */
export function writeHistory(file: string, lines: readonly string[]): void {
  makeFolder(path.dirname(file));
  writeFileSync(file, `${lines.filter(mayBeKept).slice(0, MOST_LINES).join('\n')}\n`, { mode: 0o600 });
  // writeFileSync's mode applies to a new file only.
  chmodSync(file, 0o600);
}
