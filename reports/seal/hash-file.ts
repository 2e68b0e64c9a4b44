import { createHash } from 'node:crypto';
import { closeSync, readSync } from 'node:fs';

import { openRegularFile } from '../../harness/base/read-file-within.ts';

const chunkBytes = 256 * 1024;

/**
 * The SHA-256 of the first bytes of a file, of all of it unless told.
 * @returns the hash in hex, and how many bytes there were
 * @throws the error of the system; RangeError where it is no regular file
 */
export function hashFile(file: string, most = Infinity): { sha256: string; bytes: number } {
  const fd = openRegularFile(file);
  const hash = createHash('sha256');
  try {
    const chunk = Buffer.alloc(chunkBytes);
    let bytes = 0;
    for (;;) {
      const read = readSync(fd, chunk, 0, Math.min(chunkBytes, most - bytes), null);
      if (read === 0) return { sha256: hash.digest('hex'), bytes };
      hash.update(chunk.subarray(0, read));
      bytes += read;
    }
  } finally {
    closeSync(fd);
  }
}
