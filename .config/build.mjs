import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { build as esbuild, stop as endEsbuild } from 'esbuild';

import { cacheOf, entriesOf, recordOf, stampOf, stateOf } from './program.mjs';

/**
 * Packages that are built in: plain JavaScript that reads no files of its own. They have hundreds of files, and each
 * takes time to find. All others are imported from node_modules, as ever.
 */
const builtIn = new Set([
  '@xmldom/xmldom',
  'coap-packet',
  'commander',
  'csv-stringify',
  'execa',
  'log-update',
  'saxes',
  'string-width',
  'yaml',
  'zod',
]);

/**
 * Since a build was last used: a program that still runs loads from its own build, and the longest run (release) has
 * 8 hours.
 */
const KEPT_MS = 24 * 3_600_000;

/** From the root. npm writes the first last: it stands for all that is built in. esbuild reads the others. */
const settings = ['node_modules/.package-lock.json', 'package.json', 'tsconfig.json'];

/** What makes a build, and says what is one. */
const makers = ['build.mjs', 'load.mjs', 'program.mjs'];

/** Packages in CommonJS call `require` for Node's own modules. */
const banner =
  "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);";

/**
 * Makes the JavaScript of a program and records it. Several processes may do so at once: each has a folder of its own,
 * and the record names one of them.
 * @param {import('./program.mjs').Program} program
 * @returns {Promise<import('./program.mjs').Build>}
 * @throws an error of the system where the cache cannot be written; what is wrong with a source
 */
export async function build(program) {
  const cache = cacheOf(program);
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(path.join(cache, 'build-'));
  try {
    // Before anything is read: what is written meanwhile gives it another stamp.
    const stamps = new Map(surroundings(program).map((file) => [file, stampOf(file)]));
    const { outputFiles } = await esbuild({
      absWorkingDir: program.root,
      entryPoints: entriesOf(program),
      outbase: program.root,
      outdir: folder,
      outExtension: { '.js': '.mjs' },
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      target: 'node20.19',
      banner: { js: banner },
      keepNames: true,
      sourcemap: 'linked',
      sourcesContent: false,
      write: false,
      logLevel: 'silent',
      plugins: [packages, ownSources(stamps)],
    });
    // To the disk before the record: after a loss of power in between, the record would name empty files for ever.
    // All at once: a disk that writes many files together is several times as fast as one after the other.
    await Promise.all(
      outputFiles.map(async ({ path: file, contents }) => {
        await mkdir(path.dirname(file), { recursive: true });
        await writeFile(file, contents, { flush: true });
      }),
    );
    return record(program, { folder, stamps });
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  } finally {
    await endEsbuild();
  }
}

/** What a build depends on besides its sources, absolute. */
const surroundings = ({ root }) => [
  ...settings.map((file) => path.join(root, file)),
  ...makers.map((file) => path.join(import.meta.dirname, file)),
];

/** @type {import('esbuild').Plugin} Imports most packages as ever. */
const packages = {
  name: 'packages',
  setup(builder) {
    builder.onResolve({ filter: /^[@a-z]/ }, ({ path: name, importer, kind }) => {
      if (kind === 'entry-point' || importer.includes('/node_modules/')) return undefined;
      const [first, second] = name.split('/');
      return builtIn.has(name.startsWith('@') ? `${first}/${second}` : first)
        ? undefined
        : { external: true };
    });
  },
};

/** Where a source lies stays what it was, though its JavaScript lies elsewhere. */
const ownSources = (stamps) => ({
  name: 'own-sources',
  setup(builder) {
    builder.onLoad({ filter: /\.(ts|mjs)$/ }, ({ path: file }) => {
      if (file.includes('/node_modules/')) return undefined;
      stamps.set(file, stampOf(file));
      const contents = readFileSync(file, 'utf8')
        .replaceAll('import.meta.dirname', JSON.stringify(path.dirname(file)))
        .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(file).href));
      return { contents, loader: file.endsWith('.ts') ? 'ts' : 'js' };
    });
  },
});

function record(program, { folder, stamps }) {
  const sources = [...stamps.keys()];
  const made = { folder, state: stateOf(program, [...stamps.values()]), sources };
  const draft = path.join(folder, 'record.json');
  writeFileSync(draft, JSON.stringify(made));
  renameSync(draft, recordOf(program));
  removeOld(program, folder);
  return made;
}

/**
 * What a record names stays, whatever its age, and so does `made`: the build may be of another program, and the clock of
 * a Raspberry Pi is set some time after its start, from 1970 to today.
 */
function removeOld(program, made) {
  const cache = cacheOf(program);
  const names = readdirSync(cache);
  const kept = new Set([made, ...names.filter((name) => name.endsWith('.json')).map(folderOf(cache))]);
  for (const name of names.filter((entry) => entry.startsWith('build-'))) {
    const folder = path.join(cache, name);
    if (kept.has(folder)) continue;
    try {
      // `load.mjs` writes this time anew whenever it takes the build.
      if (Date.now() - statSync(folder).mtimeMs > KEPT_MS) rmSync(folder, { recursive: true, force: true });
    } catch {
      // Another process removes it, too.
    }
  }
}

/** Of a record; undefined for one that a loss of power left empty, which no program can use. */
const folderOf = (cache) => (name) => {
  try {
    return JSON.parse(readFileSync(path.join(cache, name), 'utf8')).folder;
  } catch {
    return undefined;
  }
};
