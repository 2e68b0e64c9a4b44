import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { makeFolder } from '../base/make-folder.ts';

export interface Folder {
  readonly dir: string;
  /** The FIFO that takes control lines. */
  readonly control: string;
  /** Holds the PTY's path. */
  readonly device: string;
  /** Holds "1\n" while VDD_EXT is up, else "0\n". */
  readonly powered: string;
  /** The NVRAM of a module that starts with an empty one; stays when the program ends. */
  readonly nvram: string;
  /** Removes the other files, or the whole folder if it is a temporary one. */
  remove(): void;
}

/**
 * Prepares the folder `dir`, or a temporary one. Files that a killed program left are removed.
 * @throws Error of one line, if another emulated module uses the folder
 */
export function openFolder(dir: string | undefined): Folder {
  const root = dir === undefined ? fs.mkdtempSync(path.join(os.tmpdir(), 'bc26-')) : path.resolve(dir);
  makeFolder(root);
  const control = path.join(root, 'control');
  if (hasReader(control))
    throw new Error(`another emulated module is at work in ${root}; end it or choose another --dir`);
  const files = {
    control,
    device: path.join(root, 'device'),
    powered: path.join(root, 'powered'),
  };
  const removeFiles = (): void => Object.values(files).forEach((file) => fs.rmSync(file, { force: true }));
  removeFiles();
  return {
    dir: root,
    ...files,
    nvram: path.join(root, 'nvram.json'),
    remove: () => (dir === undefined ? fs.rmSync(root, { recursive: true, force: true }) : removeFiles()),
  };
}

function hasReader(fifo: string): boolean {
  if (!fs.statSync(fifo, { throwIfNoEntry: false })?.isFIFO()) return false;
  try {
    fs.closeSync(fs.openSync(fifo, fs.constants.O_WRONLY | fs.constants.O_NONBLOCK));
    return true;
  } catch {
    // ENXIO: no reader (fifo(7)).
    return false;
  }
}
