import fs from 'node:fs';

/** Puts `text` in the place of the file: whoever reads it finds the old text or the new, never a part. */
export function replaceFile(file: string, text: string): void {
  const beside = `${file}.${process.pid}.new`;
  fs.writeFileSync(beside, text);
  fs.renameSync(beside, file);
}
