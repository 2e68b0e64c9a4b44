import { readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** What was built of each file, from the loader (`.config/load.mjs`). Absent under Jest, which loads the source. */
const built = (globalThis as { [key: symbol]: unknown })[Symbol.for('bc26-hil.built')] as
  ReadonlyMap<string, string> | undefined;

/** What a file has beside it. */
const isTest = /\.(test|fixture)\.ts$/;

/** One entry of a file's list. */
export interface Found<Item> {
  /** The file's name. */
  readonly file: string;
  readonly item: Item;
}

/**
 * Reads the list that each file of a folder exports, by the names of the files, then in the order of each list. The
 * loader has to know the folder (`rigs/emulator/main.mjs`).
 * @param name of the list
 * @throws Error for a file that exports none
 */
export async function readByName<Name extends string, Item>(
  folder: string,
  name: Name,
): Promise<readonly Found<Item>[]> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts') && !isTest.test(file));
  const found: Found<Item>[] = [];
  // One after the other: Jest's loader cannot link two modules at once that share a dependency.
  for (const file of files.sort()) {
    const source = path.join(folder, file);
    const loaded = (await import(built?.get(source) ?? pathToFileURL(source).href)) as Partial<
      Record<Name, readonly Item[]>
    >;
    const list = loaded[name];
    if (!list) throw new Error(`${path.basename(folder)}/${file} exports no ${name}`);
    found.push(...list.map((item) => ({ file, item })));
  }
  return found;
}
