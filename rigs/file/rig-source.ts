import { HilError, messageOf } from '../../harness/base/error.ts';
import { readSmallFile } from '../../harness/base/read-file-within.ts';
import { type FileKind, shownPath } from './yaml-file.ts';

/** How mistakes in rig files are reported. */
export const rigFileKind: FileKind = {
  code: 'RIG_FILE_INVALID',
  remedy: 'correct these lines; rigs/README.md describes every key of a rig file',
};

/** Reads the text of a rig file. @throws RIG_NOT_FOUND if it cannot be read */
export async function readRigSource(file: string): Promise<string> {
  try {
    return await readSmallFile(file);
  } catch (error) {
    throw new HilError('RIG_NOT_FOUND', `cannot read the rig file ${shownPath(file)}: ${messageOf(error)}`, {
      remedy: 'give a regular file that this user may read, or the name of a rig; `bc26-hil rigs` lists them',
      cause: error,
    });
  }
}
