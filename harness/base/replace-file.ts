import { closeSync, constants, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { makeFolder } from './make-folder.ts';

interface ReplaceOptions {
  /** The file's permissions; 0o666 less the process's mask if absent. */
  readonly mode?: number;
  /** Also waits until the folder itself is on the disk, so that a power cut cannot undo the rename. */
  readonly folderToo?: boolean;
}

/**
 * Replaces a file in one step: a reader, and the end of this process at any moment, finds the old text or the new,
 * never a part. Makes the folder where there is none.
 * @throws the error of the system; the file is then as it was
 */
export function replaceFile(
  file: string,
  text: string,
  { mode = 0o666, folderToo = false }: ReplaceOptions = {},
): void {
  const draft = `${file}.${process.pid}.tmp`;
  makeFolder(path.dirname(file));
  try {
    const { O_WRONLY, O_CREAT, O_TRUNC, O_NOFOLLOW } = constants;
    const fd = openSync(draft, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, mode);
    try {
      writeFileSync(fd, text);
      // Without it the rename may reach the disk before the text does (rename(2), fsync(2)).
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
  if (folderToo) syncFolder(path.dirname(file));
}

/** Waits until what was made, renamed or removed in a folder is on the disk. @throws the error of the system */
export function syncFolder(folder: string): void {
  const fd = openSync(folder, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
