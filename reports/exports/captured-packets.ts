import { closeSync, existsSync, readSync } from 'node:fs';

import { openRegularFile } from '../../harness/base/read-file-within.ts';

const FILE_HEADER = 24;
const RECORD_HEADER = 16;
/** No datagram is longer. */
const MOST = 0x1_0000;

/**
 * The packets of `platform.pcap`, in order: each begins with its IP header. Ends where the file was cut. One that is
 * missing has none.
 */
export function* capturedPackets(file: string): Generator<Uint8Array> {
  if (!existsSync(file)) return;
  const fd = openRegularFile(file);
  const header = Buffer.alloc(RECORD_HEADER);
  let position = FILE_HEADER;
  try {
    while (readSync(fd, header, 0, RECORD_HEADER, position) === RECORD_HEADER) {
      const length = header.readUInt32LE(8);
      if (length > MOST) return;
      const bytes = Buffer.alloc(length);
      if (readSync(fd, bytes, 0, length, position + RECORD_HEADER) < length) return;
      yield bytes;
      position += RECORD_HEADER + length;
    }
  } finally {
    closeSync(fd);
  }
}
