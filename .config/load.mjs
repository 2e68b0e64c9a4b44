import { readFileSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { keepCompiled } from './compiled.mjs';
import { entriesOf, recordOf, stampOf, stateOf } from './program.mjs';
import { stackOfSources } from './source-lines.mjs';

/**
 * How the commands and the emulator become JavaScript: esbuild makes it once, below node_modules/.cache, and it is
 * loaded from there until a source changes. A loader that does this file by file (tsx) takes four times the processor
 * time of a short command, at each start. Jest transforms tests and suites by itself (jest.config.ts).
 */

/** Where a process has what was built of its sources that are found by name (`builtFiles`). */
const BUILT = Symbol.for('bc26-hil.built');

/**
 * What was built of the sources as they are now.
 * @param {import('./program.mjs').Program} program @returns {import('./program.mjs').Build | undefined}
 */
function builtBefore(program) {
  try {
    /** @type {import('./program.mjs').Build} */
    const build = JSON.parse(readFileSync(recordOf(program), 'utf8'));
    const isNew = build.state === stateOf(program, build.sources.map(stampOf));
    return isNew && keep(build.folder) ? build : undefined;
  } catch {
    // Nothing was built yet.
    return undefined;
  }
}

/** Stamps a build as used now, for `removeOld` of `build.mjs`. @param {string} folder @returns whether it is there */
function keep(folder) {
  try {
    const now = new Date();
    utimesSync(folder, now, now);
    return true;
  } catch (error) {
    // Where it cannot be written nobody removes it either.
    return error.code !== 'ENOENT';
  }
}

/**
 * What was built of each entry: its URL by the absolute name of its source. A program that finds its sources by their
 * names gets them in `globalThis` and imports nothing for that: judge and emulator would share it.
 * @param {import('./program.mjs').Program} program @param {string} folder of the build @returns {Map<string, string>}
 */
const builtFiles = (program, folder) =>
  new Map(
    entriesOf(program).map((entry) => [
      path.join(program.root, entry),
      pathToFileURL(path.join(folder, entry.replace(/\.ts$/, '.mjs'))).href,
    ]),
  );

/** What the system says of a cache that cannot be written, as in a checkout of somebody else. */
const unwritable = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT', 'ENOTDIR', 'EEXIST']);

/**
 * Undefined where the cache cannot be written.
 * @param {import('./program.mjs').Program} program @returns {Promise<import('./program.mjs').Build | undefined>}
 */
async function buildAnew(program) {
  const { build } = await import('./build.mjs');
  try {
    return await build(program);
  } catch (error) {
    if (unwritable.has(error.code)) return undefined;
    throw error;
  }
}

/**
 * Loads a program.
 * @param {import('./program.mjs').Program} program
 * @param {string} [first] the first file of this process: the program's entry, or one of its `also`
 * @returns {Promise<any>} what that file exports
 */
export async function load(program, first = program.entry) {
  const build = builtBefore(program) ?? (await buildAnew(program));
  if (!build) return await loadBySource(program.root, first);
  const urls = builtFiles(program, build.folder);
  globalThis[BUILT] = urls;
  Error.prepareStackTrace = stackOfSources(build.folder);
  // In the build, so that it is removed with it.
  keepCompiled(path.join(build.folder, 'compiled'));
  return await import(urls.get(path.join(program.root, first)));
}

/** File by file, and without a cache: tsx has its own in the folder for temporary files, which may be missing as well. */
async function loadBySource(root, first) {
  process.env.TSX_DISABLE_CACHE = '1';
  const { register } = await import('tsx/esm/api');
  register();
  return await import(pathToFileURL(path.join(root, first)).href);
}
