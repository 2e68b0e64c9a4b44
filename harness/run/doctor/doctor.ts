import path from 'node:path';

import { createSideFolder, type RunFolder } from '../../../reports/files/run-folder.ts';
import { openTrace } from '../../../reports/files/trace-file.ts';
import { writeJson } from '../../../reports/files/write-json.ts';
import { coloured, plain } from '../../../reports/text/text.ts';
import type { RigFile } from '../../../rigs/file/rig-file.ts';
import { acquireLock, type Lock } from '../../../rigs/lock/lock.ts';
import { systemClock, toMs } from '../../base/clock.ts';
import { hasCode, isHilError } from '../../base/error.ts';
import { completeCutRuns } from '../complete-cut.ts';
import type { Screen } from '../progress.ts';
import { exitCodeOfSignal, type StopSignal, watchForStop } from '../signals.ts';
import { quickDoctor } from './checks/quick-doctor.ts';
import type { System } from './checks/system.ts';
import { brokenBy } from './findings/broken-by.ts';
import { type Finding, isBroken, note, ok } from './findings/finding.ts';
import { findingLine, verdictLine } from './findings/finding-text.ts';
import { operate } from './probe-board.ts';
import type { Extent } from './probes/run-probes.ts';
import { type Figures, noFigures } from './probes/probe-context.ts';

export interface DoctorOptions {
  readonly rig: RigFile;
  /** What the active probes do; null: none, the short form. */
  readonly extent: Extent | null;
  /** The folder of its own files; null: one under `reports/runs`. */
  readonly out: string | null;
  /** The reports folder of the project. */
  readonly reports: string;
  /** How long to wait for a rig that is busy, ms. */
  readonly waitMs: number;
}

/** What stands in doctor.json. */
interface DoctorRecord {
  readonly schemaVersion: 1;
  readonly rig: string;
  readonly rigFile: string;
  readonly driver: string;
  readonly node: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly exitCode: number;
  readonly findings: readonly Finding[];
  readonly figures: Figures;
}

/**
 * Proves that a rig works, or says what does not and what mends it. A broken rig is a finding, never an error.
 * @returns the exit code: 0 fit for use, 3 not, 130 or 143 stopped (the board was put at rest)
 * @throws USAGE, REPORT_FAILED for the folder
 */
export async function doctor(options: DoctorOptions, system: System, screen: Screen): Promise<number> {
  const { rig, reports, out } = options;
  const startedAt = new Date();
  const began = systemClock.now();
  const folder = createSideFolder({ reports, rig: `${rig.name}-doctor`, startedAt, out });
  const ink = screen.isTTY ? coloured : plain;
  const findings: Finding[] = [];
  const figures = noFigures();
  const tell = (finding: Finding): void => {
    findings.push(finding);
    screen.write(findingLine(finding, ink));
  };

  const stopped = await consult({ options, system, folder, figures, findings, tell });

  const exitCode = stopped ? exitCodeOfSignal(stopped) : findings.some(isBroken) ? 3 : 0;
  screen.write(
    `\n${stopped ? `${rig.name}: stopped by ${stopped}\n` : verdictLine(rig.name, findings, ink)}`,
  );
  screen.write(`${path.relative(process.cwd(), folder.dir) || '.'}: doctor.json, trace.jsonl\n`);
  const record: DoctorRecord = {
    schemaVersion: 1,
    rig: rig.name,
    rigFile: rig.file,
    driver: rig.control.driver,
    node: process.version,
    startedAt: startedAt.toISOString(),
    durationMs: Math.round(toMs(systemClock.now() - began)),
    exitCode,
    findings,
    figures,
  };
  writeJson(path.join(folder.dir, 'doctor.json'), record);
  return exitCode;
}

interface Consultation {
  readonly options: DoctorOptions;
  readonly system: System;
  readonly folder: RunFolder;
  readonly figures: Figures;
  readonly findings: readonly Finding[];
  readonly tell: (finding: Finding) => void;
}

/** Lock, look, touch; returns the signal that cut it short. */
async function consult({
  options,
  system,
  folder,
  figures,
  findings,
  tell,
}: Consultation): Promise<StopSignal | undefined> {
  const { rig, extent, waitMs } = options;
  const ending = new AbortController();
  let stopped: StopSignal | undefined;
  const endWatch = watchForStop((signal) => {
    stopped = signal;
    ending.abort(signal);
  });
  let lock: Lock | undefined;
  try {
    lock = await locked(rig, waitMs, ending.signal, tell);
    if (lock) (await completeCutRuns(options.reports, rig.name)).forEach((line) => tell(note('runs', line)));
    (await quickDoctor(rig, system)).forEach(tell);
    if (extent === null) return stopped;
    if (!lock || findings.some(isBroken)) {
      tell(note('probes', 'the board was not touched: mend what is broken first'));
      return stopped;
    }
    const held = lock;
    await traced(folder, (trace) =>
      operate({ rig, lock: held, extent, folder: folder.dir, trace, signal: ending.signal, figures, tell }),
    );
    return stopped;
  } catch (error) {
    if (stopped && hasCode(error, 'ABORTED')) return stopped;
    throw error;
  } finally {
    lock?.release();
    endWatch();
  }
}

async function locked(
  rig: RigFile,
  waitMs: number,
  signal: AbortSignal,
  tell: (finding: Finding) => void,
): Promise<Lock | undefined> {
  try {
    const lock = await acquireLock(rig, { waitMs, signal });
    lock.ended.forEach((line) => tell(note('lock', line)));
    if (lock.files.length > 0) tell(ok('lock', `nobody else has the board (${lock.files.join(', ')})`));
    return lock;
  } catch (error) {
    if (!isHilError(error) || error.blame !== 'rig') throw error;
    tell(brokenBy('lock', error, 'wait for it, or end who holds it'));
    return undefined;
  }
}

async function traced(
  folder: RunFolder,
  act: (trace: ReturnType<typeof openTrace>) => Promise<void>,
): Promise<void> {
  const trace = openTrace(folder.trace);
  try {
    await act(trace);
  } finally {
    trace.close();
  }
}
