import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** Held by the process, since the program has this file within itself, apart from the loader's. */
const BUILT = Symbol.for('bc26-hil.built');

/**
 * Says where the JavaScript of a program's entries lies.
 * @param {string} root the checkout @param {string} folder of the build @param {string[]} entries from the root
 * @returns {Map<string, string>} the URL of each, by the absolute name of its source
 */
export function nameBuiltFiles(root, folder, entries) {
  globalThis[BUILT] = new Map(
    entries.map((entry) => [
      path.join(root, entry),
      pathToFileURL(path.join(folder, entry.replace(/\.ts$/, '.mjs'))).href,
    ]),
  );
  return globalThis[BUILT];
}

/**
 * What to import for a source that is found by its name: what was built of it (`load.mjs`), else the source itself,
 * as under Jest.
 * @param {string} file absolute
 * @returns {string} a URL
 */
export const urlOfSource = (file) => globalThis[BUILT]?.get(file) ?? pathToFileURL(file).href;
