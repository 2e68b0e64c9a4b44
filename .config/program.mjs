import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * A program, and what was built of it (`load.mjs`).
 *
 * @typedef {object} Program
 * @property {string} root the checkout, absolute
 * @property {string} entry its first file, from the root
 * @property {string[]} [also] first files of its other processes, from the root
 * @property {{ folder: string, files: RegExp }} reads files in and below a folder that it imports by name
 *
 * @typedef {object} Build the record of a build, a file in the cache
 * @property {string} folder absolute; holds the JavaScript of each entry, by the name of its source
 * @property {string} state of its sources when they were read, by `stateOf`
 * @property {string[]} sources absolute
 */

/** @param {Program} program */
export const cacheOf = ({ root }) => path.join(root, 'node_modules/.cache/bc26-hil');

/** @param {Program} program */
export const recordOf = (program) =>
  path.join(cacheOf(program), `${program.entry.replaceAll('/', '-')}.json`);

/** What other files do not import, or not by a fixed name. @param {Program} program @returns {string[]} from the root */
export const entriesOf = ({ root, entry, also = [], reads }) => [
  entry,
  ...also,
  ...readdirSync(path.join(root, reads.folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => reads.files.test(name))
    .sort()
    .map((name) => `${reads.folder}/${name}`),
];

/**
 * Of one file: another value whenever it was written or replaced; the time of its change (ctime) cannot be set back.
 * @param {string} file which may be missing @returns {string}
 */
export function stampOf(file) {
  const found = statSync(file, { throwIfNoEntry: false });
  return found ? `${found.mtimeMs}:${found.ctimeMs}:${found.size}` : 'missing';
}

/**
 * Of a program in its place: a checkout that was copied is built again, since the JavaScript names the place.
 * @param {Program} program @param {string[]} stamps of its sources, in their order @returns {string}
 */
export const stateOf = (program, stamps) => [program.root, ...entriesOf(program), ...stamps].join(' ');
