import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * Makes a folder and those above it. `mkdirSync` with `recursive` is not used: where the system answers ENOENT though
 * the folder above exists, as in /proc, it tries for ever.
 * @returns the topmost folder that was made, undefined where nothing was
 * @throws the error of the system
 */
export function makeFolder(folder: string): string | undefined {
  const absolute = path.resolve(folder);
  if (isFolder(absolute)) return undefined;
  const above = path.dirname(absolute);
  const first = above === absolute ? undefined : makeFolder(above);
  try {
    mkdirSync(absolute);
  } catch (error) {
    // Another process may have made it meanwhile.
    if (!isFolder(absolute)) throw error;
  }
  return first ?? absolute;
}

const isFolder = (file: string): boolean => statSync(file, { throwIfNoEntry: false })?.isDirectory() ?? false;
