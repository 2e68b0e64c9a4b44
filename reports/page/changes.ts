import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { filesOf, foldersOfRig } from '../files/run-folder.ts';
import { readRecord } from '../record/read-record.ts';
import type { RunRecord } from '../record/record.ts';
import type { Changes } from './view/page-data.ts';

/** No more folders are read: a rig that never completes a run must not slow each report down. */
const most = 5;

/**
 * What differs from the last run of the same rig that was completed before this one, of the folders beside it; undefined
 * without one.
 */
export function changesSince(dir: string, record: RunRecord): Changes | undefined {
  const runs = path.dirname(dir);
  const earlier = foldersOfRig(readdirSync(runs), record.rig)
    .filter((name) => name !== path.basename(dir) && existsSync(filesOf(path.join(runs, name)).record))
    .reverse()
    .slice(0, most);
  for (const name of earlier) {
    const before = recordOf(path.join(runs, name));
    if (before?.state === 'complete' && before.startedAt < record.startedAt)
      return { since: name, changed: changesBetween(before, record) };
  }
  return undefined;
}

/** The record of a run, unless it cannot be read: then another run is compared with. */
function recordOf(dir: string): RunRecord | undefined {
  try {
    return readRecord(dir);
  } catch {
    return undefined;
  }
}

/** Clauses that both runs had chosen and that have another verdict now. */
function changesBetween(before: RunRecord, { clauses }: RunRecord): Changes['changed'] {
  const old = new Map(before.clauses.map(({ id, verdict }) => [id, verdict]));
  return clauses.flatMap(({ id, verdict: is }) => {
    const was = old.get(id);
    return was === undefined || was === is || was === 'not-run' || is === 'not-run'
      ? []
      : [{ clause: id, was, is }];
  });
}
