import { existsSync, readdirSync, realpathSync } from 'node:fs';
import path from 'node:path';

import { writeJson } from '../../reports/files/replace-file.ts';
import { filesOf, foldersOfRig, type RunFolder } from '../../reports/files/run-folder.ts';
import { openTrace, readTrace } from '../../reports/files/trace-file.ts';
import type { Entry } from '../../reports/record/entry.ts';
import { foldRecord } from '../../reports/record/fold-record.ts';
import { readRecord } from '../../reports/record/read-record.ts';
import type { RunRecord } from '../../reports/record/record.ts';
import { entriesOfTrace } from '../../reports/record/record-from-trace.ts';
import { isStillRunning } from '../../rigs/lock/process-identity.ts';
import { chosenRuns } from '../../rigs/state/chosen-runs.ts';
import { escapeText } from '../base/escape.ts';
import { writeReports } from './write-reports.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** How many of the newest folders are read: rigs may have similar names, and reading records takes time. */
const MOST = 3;

/** The newest runs of a rig: the one `latest` points at, the last ones under `runs`, and the last ones with `--out`. */
function newest(reports: string, rig: string, environment: Environment): RunFolder[] {
  const latest = path.join(reports, 'latest');
  const runs = path.join(reports, 'runs');
  const last = existsSync(runs) ? foldersOfRig(readdirSync(runs), rig).slice(-MOST) : [];
  const dirs = [
    ...(existsSync(latest) ? [realpathSync(latest)] : []),
    ...last.map((name) => realpathSync(path.join(runs, name))),
    ...chosenRuns(rig, environment)
      .filter((dir) => existsSync(dir))
      .map((dir) => realpathSync(dir)),
  ];
  return [...new Set(dirs)].map(filesOf).filter(({ record }) => existsSync(record));
}

/** Whether the run's supervisor has ended. A trace that does not name it is left alone. */
const isOrphan = ([start]: readonly Entry[]): boolean =>
  start?.type === 'run-start' && start.supervisor !== undefined && !isStillRunning(start.supervisor);

/** When the trace was begun and last written, ns of its own clock, which may differ from the present one. */
function spanOf({ trace }: RunFolder): { first: bigint; last: bigint } {
  let first: bigint | undefined;
  let last = 0n;
  for (const { at } of readTrace(trace)) {
    first ??= at;
    last = at;
  }
  return { first: first ?? last, last };
}

const endAfter = (durationMs: number): Entry[] => [
  {
    type: 'rig-error',
    code: 'RUN_KILLED',
    message: 'the supervisor was killed or its machine went down: the record was completed from the trace',
  },
  { type: 'run-end', durationMs },
];

async function complete(folder: RunFolder, rig: string): Promise<boolean> {
  const { state, rig: of } = readRecord(folder.dir);
  if (of !== rig || state !== 'running') return false;
  const entries = [...entriesOfTrace(folder.trace)];
  if (!isOrphan(entries)) return false;
  const { first, last } = spanOf(folder);
  const trace = openTrace(folder.trace);
  // To the trace as well, so that record and trace agree.
  const add = (entry: Entry): void => {
    entries.push(entry);
    trace.write('note', last, { ...entry });
  };
  const write = (): RunRecord => {
    const record = foldRecord(entries);
    writeJson(folder.record, record);
    return record;
  };
  try {
    const isEnded = entries.some(({ type }) => type === 'run-end');
    if (!isEnded) endAfter(Math.round(Number(last - first) / 1e6)).forEach(add);
    write();
    await writeReports(folder, { write, add });
  } finally {
    trace.close();
  }
  return true;
}

/**
 * Completes record and reports of the rig's newest runs that were killed. To be called while the board's lock is held.
 * Errors are ignored, those of each run by itself: the remains of one run must stop neither this one nor the
 * completion of another.
 * @returns one line for each completed run
 */
export async function completeCutRuns(
  reports: string,
  rig: string,
  environment: Environment = process.env,
): Promise<string[]> {
  const lines: string[] = [];
  for (const folder of tryNewest(reports, rig, environment)) {
    if (await complete(folder, rig).catch(() => false))
      lines.push(`completed the record of a run that was killed: ${escapeText(folder.dir)}`);
  }
  return lines;
}

function tryNewest(reports: string, rig: string, environment: Environment): RunFolder[] {
  try {
    return newest(reports, rig, environment);
  } catch {
    return [];
  }
}
