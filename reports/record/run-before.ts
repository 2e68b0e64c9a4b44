import { readdirSync } from 'node:fs';
import path from 'node:path';

import { foldersOfRig } from '../files/run-folder.ts';
import { readRecord } from './read-record.ts';
import type { RunRecord } from './record.ts';

/** No more folders are read: a rig that never completes a run must not slow each report down. */
const most = 10;

/**
 * The last run of the same rig that was completed before this one, of the folders beside it.
 * @returns its record and the name of its folder; undefined without one
 */
export function runBefore(
  dir: string,
  { rig, startedAt }: RunRecord,
): { readonly record: RunRecord; readonly folder: string } | undefined {
  const runs = path.dirname(path.resolve(dir));
  for (const folder of foldersOfRig(readdirSync(runs), rig).reverse().slice(0, most)) {
    const record = recordOf(path.join(runs, folder));
    if (record?.rig === rig && record.state === 'complete' && record.startedAt < startedAt)
      return { record, folder };
  }
  return undefined;
}

/** The record of a run, unless it cannot be read: its remains must not keep another run's reports from being written. */
function recordOf(dir: string): RunRecord | undefined {
  try {
    return readRecord(dir);
  } catch {
    return undefined;
  }
}
