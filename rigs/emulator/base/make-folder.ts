import fs from 'node:fs';
import path from 'node:path';

/**
 * Makes a folder and those above it, one by one: in /proc the system answers ENOENT although the folder above exists,
 * and Node's own `recursive` then tries for ever.
 * @throws Error of one line
 */
export function makeFolder(folder: string): void {
  if (fs.existsSync(folder)) return;
  makeFolder(path.dirname(folder));
  try {
    fs.mkdirSync(folder);
  } catch (error) {
    throw new Error(
      `cannot make the folder ${folder}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
