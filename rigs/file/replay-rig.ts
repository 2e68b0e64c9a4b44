import { statSync } from 'node:fs';
import path from 'node:path';

import { HilError } from '../../harness/base/error.ts';
import { valueAt } from './mistake.ts';
import { replayRigSchema } from './rig-file.ts';
import { readRigSource, rigFileKind } from './rig-source.ts';
import { checkYaml, parseYaml, shownPath, type YamlFile } from './yaml-file.ts';

/** A rig whose board is a run that is played again. */
export interface ReplayRig {
  /** Absolute. */
  readonly file: string;
  readonly name: string;
  /** The folder of the run, absolute. */
  readonly run: string;
}

export const isReplay = (data: unknown): boolean => valueAt(data, ['control', 'driver']) === 'replay';

function replayRigOf(file: string, yaml: YamlFile): ReplayRig {
  const { name, control } = checkYaml(yaml, replayRigSchema, () => []);
  const run = path.resolve(path.dirname(file), control.run);
  if (statSync(run, { throwIfNoEntry: false })?.isDirectory()) return { file, name, run };
  const text = `there is no folder ${run}; give the folder of a run, relative to the rig file`;
  throw yaml.fail([{ path: ['control', 'run'], at: 'value', text }]);
}

/**
 * Reads a rig file that plays a run again (`control.driver: replay`). Whether the run can be played is not looked at.
 * @returns undefined for the rig file of a board, which is not checked
 * @throws RIG_NOT_FOUND, RIG_FILE_INVALID
 */
export async function loadReplayRig(file: string): Promise<ReplayRig | undefined> {
  const absolute = path.resolve(file);
  const yaml = parseYaml(absolute, await readRigSource(absolute), rigFileKind);
  return isReplay(yaml.data) ? replayRigOf(absolute, yaml) : undefined;
}

/** Why a command that needs a board refuses a rig that plays a run again, or what is wrong in its file. */
export function whyNoBoard(file: string, yaml: YamlFile): HilError {
  const { name, run } = replayRigOf(file, yaml);
  return new HilError('RIG_REPLAYS', `rig ${name} (${shownPath(file)}) has no board: it plays ${run} again`, {
    remedy: '`qualify` judges it; for anything else give the rig of a board',
  });
}
