import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { maskPrivateKey } from '../../cmdmp/mask.ts';

/** A few days' work; more only slows the search. */
const longest = 500;

/** A line that sets a private key is nobody's to read later. */
const mayBeKept = (line: string): boolean => line !== '' && maskPrivateKey(line) === line;

/** What was typed in earlier sessions, newest first; none when there is no such file, or it cannot be read. */
export function readHistory(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n').filter(Boolean).slice(0, longest);
  } catch {
    return [];
  }
}

/**
 * Keeps what was typed, newest first, for this user alone; private keys are left out.
 * @throws what the file system throws
 */
export function writeHistory(file: string, lines: readonly string[]): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${lines.filter(mayBeKept).slice(0, longest).join('\n')}\n`, { mode: 0o600 });
  // The mode counts only for a file that is made.
  chmodSync(file, 0o600);
}
