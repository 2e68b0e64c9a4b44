import path from 'node:path';

import { HilError, messageOf } from '../../harness/base/error.ts';
import { readFileWithin } from '../../harness/base/read-file-within.ts';
import { type Proof, proof } from './proof.ts';

/** Bytes; a thousand cells take half a megabyte. */
const most = 16_000_000;

/** The file of a proof in its folder. */
export const proofFile = (folder: string): string => path.join(folder, 'prove.json');

/**
 * Reads the proof in a folder.
 * @throws RECORD_UNREADABLE, with the first mismatch
 */
export function readProof(folder: string): Proof {
  const file = proofFile(folder);
  try {
    return proof.parse(JSON.parse(readFileWithin(file, most)));
  } catch (cause) {
    throw new HilError('RECORD_UNREADABLE', `${file}: ${messageOf(cause).split('\n', 1)[0]}`, {
      remedy: 'name the folder of a proof: `bc26-hil prove` prints it',
      cause,
    });
  }
}
