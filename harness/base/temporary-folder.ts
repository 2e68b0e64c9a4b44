import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { HilError, messageOf } from './error.ts';

/** Makes a folder of its own below the system's folder for temporary files. @throws FOLDER_UNUSABLE */
export function makeTemporaryFolder(name: string): string {
  try {
    return mkdtempSync(path.join(tmpdir(), `bc26-hil-${name}-`));
  } catch (cause) {
    throw new HilError('FOLDER_UNUSABLE', `cannot make a temporary folder: ${messageOf(cause)}`, {
      remedy: `make room in ${tmpdir()} or make it writable, or set TMPDIR to another folder`,
      cause,
    });
  }
}

/** Makes sure that temporary folders can be made: Jest tries for ever where its cache has no place. @throws FOLDER_UNUSABLE */
export const checkTemporaryFolder = (): void => rmdirSync(makeTemporaryFolder('check'));
