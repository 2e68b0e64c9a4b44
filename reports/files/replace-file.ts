import { HilError, messageOf } from '../../harness/base/error.ts';
import { escapeJson } from '../../harness/base/escape.ts';
import { replaceFile as replace } from '../../harness/base/replace-file.ts';

/**
 * Replaces a file in one step: a reader finds the old text or the new one, never a part, even after a crash.
 * @throws REPORT_FAILED
 */
export function replaceFile(file: string, text: string): void {
  try {
    replace(file, text);
  } catch (cause) {
    throw new HilError('REPORT_FAILED', `cannot write ${file}: ${messageOf(cause)}`, {
      remedy: 'check the folder, its permissions and the free space',
      cause,
    });
  }
}

/** Writes a value as indented JSON, in one step. @throws REPORT_FAILED */
export const writeJson = (file: string, value: unknown): void =>
  replaceFile(file, escapeJson(`${JSON.stringify(value, null, 2)}\n`));
