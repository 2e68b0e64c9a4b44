import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, rmSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';

import { readRecord } from '../../../reports/record/read-record.ts';
import { findRig } from '../../../rigs/file/find-rig.ts';
import { makeFolder } from '../../base/make-folder.ts';
import type { Cell } from './cell.ts';
import type { RunStage, StageEnd } from './stage.ts';
import { writeVariantRig } from './variant-rig.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const program = path.join(root, 'harness/cli/bin.mjs');

/** Folders of one firmware's run. */
export interface CellFolders {
  /** The run folder, made anew for each run. */
  readonly run: string;
  readonly state: string;
  /** The rig file of a module that differs from that of the proof's rig. */
  readonly rig: string;
}

/** Where the runs of a firmware are kept in the folder of a proof. */
export const foldersOf = (folder: string, name: string): CellFolders => ({
  run: path.join(folder, 'runs', name),
  state: path.join(folder, 'state', name),
  rig: path.join(folder, 'rigs', name),
});

/**
 * Makes qualifications as programs of their own, each with a state folder of its own. They end by themselves when this
 * process does (`harness/run/parent-watch.ts`).
 * @param signal ends those that run, as SIGTERM does
 */
export function stageRunner(folder: string, rig: string, signal: AbortSignal): RunStage {
  const rigOf = async ({ name, variant }: Cell, slower: number): Promise<string> =>
    variant || slower > 1
      ? writeVariantRig(
          await findRig(rig),
          { settings: {}, departs: [], ...variant, slower },
          foldersOf(folder, name).rig,
        )
      : rig;
  return async (cell, { profile, clauses, stopEarly, slower }) => {
    const { run, state } = foldersOf(folder, cell.name);
    rmSync(run, { recursive: true, force: true });
    makeFolder(run);
    makeFolder(state);
    const args = [
      ...['qualify', '--rig', await rigOf(cell, slower), '--profile', profile, '--seed', String(cell.seed)],
      ...['--out', run, '--no-latest'],
      ...(clauses === null ? [] : ['--clause', clauses]),
      ...(stopEarly ? ['--stop-at', cell.breaks.join(',')] : []),
      // A sound module is judged as a user's is.
      ...(cell.kind === 'fault' ? ['--fault', cell.name, '--for-proof'] : []),
    ];
    const output = openSync(path.join(run, 'output.txt'), 'w');
    const { NODE_OPTIONS: _, ...env } = process.env;
    const child = spawn(process.execPath, [program, ...args], {
      cwd: root,
      env: { ...env, BC26_HIL_STATE: state },
      stdio: ['ignore', output, output],
    });
    closeSync(output);
    const end = (): boolean => child.kill('SIGTERM');
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
    const [code, by] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
    signal.removeEventListener('abort', end);
    return stageEnd(run, code ?? 128 + (by ? constants.signals[by] : 0));
  };
}

function stageEnd(run: string, exitCode: number): StageEnd {
  try {
    return { exitCode, record: readRecord(run) };
  } catch {
    return { exitCode, record: null };
  }
}
