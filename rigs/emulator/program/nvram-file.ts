import fs from 'node:fs';

import { replaceFile } from '../base/replace-file.ts';
import type { NvramStore } from '../module/nvram.ts';

/**
 * Keeps the durable items in a JSON file. The file is replaced as a whole, so that a killed program leaves the old or
 * the new one. A missing file is an empty NVRAM. `load` throws if `save` did not write the file.
 */
export function nvramFile(file: string): NvramStore {
  return {
    load: () => (fs.existsSync(file) ? parse(fs.readFileSync(file, 'utf8'), file) : new Map()),
    save: (items) => replaceFile(file, `${JSON.stringify(Object.fromEntries(items), undefined, 1)}\n`),
  };
}

/**
 * The same for a file named by a person. A file that cannot be written is refused now, not at the first save.
 * @throws Error of one line
 */
export function namedNvramFile(file: string): NvramStore {
  if (fs.existsSync(file) && fs.statSync(file).isDirectory()) throw cannotKeep(file, 'it is a folder');
  const store = nvramFile(file);
  const items = store.load();
  try {
    store.save(items);
  } catch (error) {
    throw cannotKeep(file, (error as Error).message);
  }
  return store;
}

const cannotKeep = (file: string, why: string): Error =>
  new Error(
    `no NVRAM can be kept in ${file}: ${why}; name a file in a folder that exists and can be written to`,
  );

function parse(text: string, file: string): ReadonlyMap<string, string> {
  const items = textItems(text);
  if (!items)
    throw new Error(
      `${file} is not an NVRAM file: an object of strings is expected; delete it to start afresh`,
    );
  return new Map(items);
}

function textItems(text: string): [string, string][] | undefined {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return undefined;
  const items = Object.entries(data);
  return items.every((item): item is [string, string] => typeof item[1] === 'string') ? items : undefined;
}
