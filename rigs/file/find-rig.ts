import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';

import { HilError } from '../../harness/base/error.ts';
import { escapeText } from '../../harness/base/escape.ts';
import { nearest } from '../../harness/base/nearest.ts';

/** The repository's own rig files lie in the folder above. */
const rigsFolder = path.resolve(import.meta.dirname, '..');

/** `room.yaml` stands in every folder of code: what it may import. */
const notRigs = ['room'];
const isFile = (rig: string): boolean => rig.includes('/') || /\.ya?ml$/.test(rig);

/** The names of the rig files in `folder`, sorted: NAME of NAME.yaml. */
export async function listRigs(folder = rigsFolder): Promise<string[]> {
  const names = await readdir(folder);
  return names
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.slice(0, -'.yaml'.length))
    .filter((name) => !notRigs.includes(name))
    .sort();
}

/**
 * The rig file that `--rig` means: a path when it holds a slash or ends in .yaml or .yml, else NAME.yaml in
 * `folder`. Resolves with an absolute path; rejects RIG_NOT_FOUND, naming the rigs there are.
 */
export async function findRig(rig: string, folder = rigsFolder): Promise<string> {
  const file = isFile(rig) ? path.resolve(rig) : path.join(folder, `${rig}.yaml`);
  if (!notRigs.includes(rig) && existsSync(file)) return file;
  const known = await listRigs(folder);
  const near = nearest(rig, known)[0];
  throw new HilError('RIG_NOT_FOUND', `there is no rig '${escapeText(rig.slice(0, 200))}'`, {
    remedy: `${near ? `did you mean ${near}? ` : ''}rigs: ${known.join(', ') || 'none'}; or give a file, as in ./bench.yaml`,
  });
}
