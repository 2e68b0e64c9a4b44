import fs from 'node:fs';

/** Replaces the file's text atomically: a reader finds the old text or the new, never a part. */
export function replaceFile(file: string, text: string): void {
  const beside = `${file}.${process.pid}.new`;
  fs.writeFileSync(beside, text);
  fs.renameSync(beside, file);
}
