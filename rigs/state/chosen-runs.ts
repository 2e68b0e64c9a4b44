import path from 'node:path';

import { z } from 'zod';

import { readFileWithin } from '../../harness/base/read-file-within.ts';
import { replaceFile } from '../../harness/base/replace-file.ts';
import { stateFolder } from './state-folder.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Older runs are not looked for any more. */
const MOST = 3;

const kept = z.array(z.string());

/** @param rig a rig's name, which is safe in a file's name by the schema of rig files */
const fileOf = (rig: string, environment: Environment): string =>
  path.join(stateFolder(environment), 'runs', `${rig}.json`);

/**
 * The folders that were chosen with `--out` for the last runs of a rig, oldest first; they may be gone. A run that is
 * killed is completed by a later command, which could not know of such a folder otherwise: `reports/latest` points at
 * whichever run of this checkout began last.
 */
export function chosenRuns(rig: string, environment: Environment = process.env): readonly string[] {
  try {
    return kept.parse(JSON.parse(readFileWithin(fileOf(rig, environment))));
  } catch {
    // A file that is missing or damaged only means that a killed run is not completed.
    return [];
  }
}

/**
 * Keeps where a run of a rig is. To be called while the board's lock is held.
 * @param dir the run folder, absolute
 * @throws the error of the system
 */
export function keepChosenRun(rig: string, dir: string, environment: Environment = process.env): void {
  const others = chosenRuns(rig, environment).filter((other) => other !== dir);
  replaceFile(fileOf(rig, environment), `${JSON.stringify([...others, dir].slice(-MOST), null, 2)}\n`);
}
