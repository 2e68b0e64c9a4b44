import type { RunRecord } from '../record/record.ts';
import { runBefore } from '../record/run-before.ts';
import type { Changes } from './view/page-data.ts';

/** What differs from the last run of the same rig that was completed; undefined without one. */
export function changesSince(dir: string, record: RunRecord): Changes | undefined {
  const before = runBefore(dir, record);
  return before && { since: before.folder, changed: changesBetween(before.record, record) };
}

/** Clauses that both runs had judged and that have another verdict now. */
function changesBetween(before: RunRecord, { clauses }: RunRecord): Changes['changed'] {
  const old = new Map(before.clauses.map(({ id, verdict }) => [id, verdict]));
  return clauses.flatMap(({ id, verdict: is }) => {
    const was = old.get(id);
    return was === undefined || was === is || was === 'not-run' || is === 'not-run'
      ? []
      : [{ clause: id, was, is }];
  });
}
