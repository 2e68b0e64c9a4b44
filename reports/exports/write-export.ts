import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';

import { HilError, messageOf } from '../../harness/base/error.ts';
import type { Export, ExportFormat, ExportSource } from './export.ts';
import { exportCsv } from './export-csv.ts';
import { exportPcapng } from './export-pcapng.ts';
import { exportVcd } from './export-vcd.ts';

const exports: Readonly<Record<ExportFormat, Export>> = {
  pcapng: exportPcapng,
  vcd: exportVcd,
  csv: exportCsv,
};

const CHUNK = 256 * 1024;

/** Writes parts in large pieces; texts are joined first, since there may be millions of short ones. */
function buffered(fd: number) {
  let parts: Uint8Array[] = [];
  let text = '';
  let size = 0;
  function closeText(): void {
    if (text !== '') parts.push(Buffer.from(text));
    text = '';
  }
  function flush(): void {
    closeText();
    const bytes = Buffer.concat(parts);
    for (let done = 0; done < bytes.length;) done += writeSync(fd, bytes, done);
    parts = [];
    size = 0;
  }
  return {
    write(part: string | Uint8Array): void {
      size += part.length;
      if (typeof part === 'string') text += part;
      else {
        closeText();
        parts.push(part);
      }
      if (size > CHUNK) flush();
    },
    flush,
  };
}

/**
 * Exports a trace into a file. The file is there when it is whole; an old one is replaced.
 * @returns what was written, in words
 * @throws FOLDER_UNUSABLE if it cannot be written; RECORD_UNREADABLE
 */
export function writeExport(format: ExportFormat, source: ExportSource, file: string): string {
  const draft = `${file}.${process.pid}.tmp`;
  const fd = attempt(file, () => openSync(draft, 'w'));
  try {
    const out = buffered(fd);
    const write = (part: string | Uint8Array) => attempt(file, () => out.write(part));
    const said = exports[format](source, write);
    attempt(file, out.flush);
    attempt(file, () => renameSync(draft, file));
    return said;
  } finally {
    closeSync(fd);
    rmSync(draft, { force: true });
  }
}

function attempt<T>(file: string, act: () => T): T {
  try {
    return act();
  } catch (cause) {
    throw new HilError('FOLDER_UNUSABLE', `cannot write ${file}: ${messageOf(cause)}`, {
      remedy: 'check the folder, its permissions and the free space, or choose another file with --out',
      cause,
    });
  }
}
