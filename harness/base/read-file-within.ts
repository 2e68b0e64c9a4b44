import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

/** The most bytes of a file that a person writes, such as a rig file, or that is read as a whole. */
const smallFile = 1_000_000;

/**
 * Opens a regular file for reading. A FIFO or a device may deliver nothing or never end, so neither is opened: O_NONBLOCK
 * keeps the opening of a FIFO without a writer from waiting (fifo(7)).
 * @throws the error of the system, or an error that says what the file is
 */
export function openRegularFile(file: string): number {
  const fd = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  if (fstatSync(fd).isFile()) return fd;
  closeSync(fd);
  throw new RangeError(`${file} is not a regular file`);
}

/**
 * Reads a whole regular file as UTF-8 text.
 * @param most bytes
 * @throws the error of the system, or an error that says that the file is not a regular one or too large
 */
export function readFileWithin(file: string, most = smallFile): string {
  const fd = openRegularFile(file);
  try {
    const buffer = Buffer.alloc(Math.min(fstatSync(fd).size, most) + 1);
    let length = 0;
    // The size may have changed meanwhile, so it is the number of bytes read that counts.
    for (let read = 1; read > 0 && length < buffer.length; length += read)
      read = readSync(fd, buffer, length, buffer.length - length, length);
    if (length > most) throw new RangeError(`${file} is larger than ${most} bytes`);
    return buffer.toString('utf8', 0, length);
  } finally {
    closeSync(fd);
  }
}

/** The same with a promise, of a file of ordinary size. */
export const readSmallFile = (file: string): Promise<string> =>
  new Promise((resolve) => resolve(readFileWithin(file)));
