import { readdirSync } from 'node:fs';
import path from 'node:path';

import { stamp } from '../../../reports/files/run-folder.ts';
import { HilError } from '../../base/error.ts';
import { makeFolder } from '../../base/make-folder.ts';

const proofs = path.resolve(import.meta.dirname, '../../../reports/prove');

/**
 * Makes the folder of a new proof.
 * @param out the folder chosen with `--out`; undefined: a new one under `reports/prove`, named for the time
 * @returns its absolute path
 * @throws USAGE if it holds something; FOLDER_UNUSABLE
 */
export function newProofFolder(out: string | undefined, startedAt: Date): string {
  const folder = out === undefined ? path.join(proofs, stamp(startedAt)) : path.resolve(out);
  makeFolder(folder);
  if (readdirSync(folder).length > 0) {
    throw new HilError('USAGE', `${folder} is not empty`, {
      remedy: 'choose another folder with --out, or --resume it',
    });
  }
  return folder;
}
