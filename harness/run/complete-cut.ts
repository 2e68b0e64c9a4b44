import { existsSync, readdirSync, realpathSync } from 'node:fs';
import path from 'node:path';

import { writeJson } from '../../reports/files/replace-file.ts';
import { filesOf, foldersOfRig, type RunFolder } from '../../reports/files/run-folder.ts';
import { openTrace, readTrace } from '../../reports/files/trace-file.ts';
import { writeJunit } from '../../reports/junit/junit.ts';
import type { Entry } from '../../reports/record/entry.ts';
import { foldRecord } from '../../reports/record/fold-record.ts';
import { readRecord } from '../../reports/record/read-record.ts';
import { entriesOfTrace } from '../../reports/record/record-from-trace.ts';
import { isStillRunning } from '../../rigs/lock/process-identity.ts';

/** How many runs back is looked: names can be alike, and reading records takes time. */
const MOST = 3;

/** The newest runs of a rig: the one `latest` points at, wherever it lies, and the last under `runs`. */
function newest(reports: string, rig: string): RunFolder[] {
  const latest = path.join(reports, 'latest');
  const runs = path.join(reports, 'runs');
  const last = existsSync(runs) ? foldersOfRig(readdirSync(runs), rig).slice(-MOST) : [];
  const dirs = [
    ...(existsSync(latest) ? [realpathSync(latest)] : []),
    ...last.map((name) => realpathSync(path.join(runs, name))),
  ];
  return [...new Set(dirs)].map(filesOf).filter(({ record }) => existsSync(record));
}

/** Whether nobody is left who could complete the run: a trace that does not name its supervisor is left alone. */
const isOrphan = ([start]: readonly Entry[]): boolean =>
  start?.type === 'run-start' && start.supervisor !== undefined && !isStillRunning(start.supervisor);

/** Says in the trace how the run ended, so that record and trace agree; the clock of its machine may be another by now. */
function end({ trace }: RunFolder, entries: readonly Entry[]): Entry[] {
  if (entries.some(({ type }) => type === 'run-end')) return [];
  let first: bigint | undefined;
  let last = 0n;
  for (const { at } of readTrace(trace)) {
    first ??= at;
    last = at;
  }
  const said: Entry[] = [
    {
      type: 'rig-error',
      code: 'RUN_KILLED',
      message: 'the supervisor was killed or its machine went down: the record was completed from the trace',
    },
    { type: 'run-end', durationMs: Math.round(Number(last - (first ?? last)) / 1e6) },
  ];
  const file = openTrace(trace);
  try {
    for (const entry of said) file.write('note', last, { ...entry });
  } finally {
    file.close();
  }
  return said;
}

async function complete(folder: RunFolder, rig: string): Promise<boolean> {
  const { state, rig: of } = readRecord(folder.dir);
  if (of !== rig || state !== 'running') return false;
  const entries = [...entriesOfTrace(folder.trace)];
  if (!isOrphan(entries)) return false;
  const record = foldRecord([...entries, ...end(folder, entries)]);
  writeJson(folder.record, record);
  await writeJunit(folder.junit, record);
  return true;
}

/**
 * Completes record and JUnit of the rig's newest runs, where they were killed in the middle. To be called with the
 * board's lock in hand. Best effort: what another run left must not stop this one.
 * @returns what was completed, a line each
 */
export async function completeCutRuns(reports: string, rig: string): Promise<string[]> {
  try {
    const lines: string[] = [];
    for (const folder of newest(reports, rig)) {
      if (await complete(folder, rig)) lines.push(`a run that was killed has its record now: ${folder.dir}`);
    }
    return lines;
  } catch {
    return [];
  }
}
