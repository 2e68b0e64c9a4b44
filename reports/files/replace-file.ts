import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { HilError, messageOf } from '../../harness/base/error.ts';

/**
 * Replaces a file in one step: a reader finds the old text or the new one, never a part, even after a crash.
 * @throws REPORT_FAILED
 */
export function replaceFile(file: string, text: string): void {
  const draft = `${file}.${process.pid}.tmp`;
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    const fd = openSync(draft, 'w');
    try {
      writeFileSync(fd, text);
      // Otherwise the rename may reach the disk before the text (rename(2), fsync(2)).
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    renameSync(draft, file);
  } catch (cause) {
    rmSync(draft, { force: true });
    throw new HilError('REPORT_FAILED', `cannot write ${file}: ${messageOf(cause)}`, {
      remedy: 'check the folder, its permissions and the free space',
      cause,
    });
  }
}

/** Writes a value as indented JSON, in one step. @throws REPORT_FAILED */
export const writeJson = (file: string, value: unknown): void =>
  replaceFile(file, `${JSON.stringify(value, null, 2)}\n`);
