import { existsSync, readdirSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';

import { HilError } from '../../harness/base/error.ts';
import { escapeText } from '../../harness/base/escape.ts';
import { didYouMean } from '../../harness/base/nearest.ts';
import { shownPath } from './yaml-file.ts';

/** The folder with the repository's own rig files. */
const rigsFolder = path.resolve(import.meta.dirname, '..');

/** Each folder of code has a `room.yaml`, which says what the code may import. */
const notRigs = ['room'];

const isFile = (rig: string): boolean => rig.includes('/') || /\.ya?ml$/.test(rig);

/** The names of the rig files (NAME of NAME.yaml) in `folder`, sorted. */
export async function listRigs(folder = rigsFolder): Promise<string[]> {
  const names = await readdir(folder);
  return names
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.slice(0, -'.yaml'.length))
    .filter((name) => !notRigs.includes(name))
    .sort();
}

/**
 * The file that the option `--rig` names: a path if it holds a slash or ends in .yaml or .yml, else NAME.yaml in
 * `folder`. Resolves with an absolute path.
 * @throws RIG_NOT_FOUND with the names of the rigs in `folder`
 */
export async function findRig(rig: string, folder = rigsFolder): Promise<string> {
  const file = isFile(rig) ? path.resolve(rig) : path.join(folder, `${rig}.yaml`);
  if (!notRigs.includes(rig) && existsSync(file)) return file;
  const name = escapeText(rig.slice(0, 200));
  const known = await listRigs(folder);
  const rigs = known.join(', ') || 'none';
  if (isFile(rig)) {
    throw new HilError('RIG_NOT_FOUND', `there is no rig file ${name}${likeFile(rig)}`, {
      remedy: `give a file that exists, or the name of a rig: ${rigs}`,
    });
  }
  const message = `there is no rig '${name}' in ${shownPath(folder)}${didYouMean(rig, known)}; rigs: ${rigs}`;
  throw new HilError('RIG_NOT_FOUND', `${message}; or give the path of a file, as in ./bench.yaml`);
}

/** The YAML files in the folder of a path that are called like it. */
function likeFile(rig: string): string {
  try {
    return didYouMean(path.basename(rig), readdirSync(path.dirname(path.resolve(rig))).filter(isFile));
  } catch {
    return '';
  }
}
