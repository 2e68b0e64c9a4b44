import path from 'node:path';

import { writeJson } from '../../../reports/files/replace-file.ts';
import { createSideFolder, type RunFolder } from '../../../reports/files/run-folder.ts';
import { openTrace } from '../../../reports/files/trace-file.ts';
import type { Redactor } from '../../../reports/secrets/redactor.ts';
import { coloured, plain } from '../../../reports/text/format.ts';
import type { RigFile } from '../../../rigs/file/rig-file.ts';
import { acquireLock, type Lock } from '../../../rigs/lock/lock.ts';
import { systemClock, toMs } from '../../base/clock.ts';
import { hasCode, isHilError } from '../../base/error.ts';
import { escapeText } from '../../base/escape.ts';
import { completeCutRuns } from '../complete-cut.ts';
import type { Screen } from '../progress/screen.ts';
import { openStage, type Stage } from '../progress/stage.ts';
import { redactorOf } from '../redacted.ts';
import { exitCodeOfSignal, type StopSignal, watchForStop } from '../signals.ts';
import { quickDoctor } from './checks/quick-doctor.ts';
import type { System } from './checks/system.ts';
import { brokenBy } from './findings/broken-by.ts';
import { type Finding, isBroken, note, ok } from './findings/finding.ts';
import { findingLine, paintFinding, verdictLine } from './findings/finding-text.ts';
import { probeBoard } from './probe-board.ts';
import { emptyFigures, type Figures } from './probes/probe-context.ts';
import type { Extent } from './probes/run-probes.ts';
import { refusedBefore } from './refused-before.ts';

export interface DoctorOptions {
  readonly rig: RigFile;
  /** The environment variable that has the rig's private key and is not set: then the rig has no credentials. */
  readonly unset?: string | undefined;
  /** What the probes do; null: the board is not touched. */
  readonly extent: Extent | null;
  /** The folder for its files; null: a new one under `reports/runs`. */
  readonly out: string | null;
  /** The reports folder of the project. */
  readonly reports: string;
  /** How long to wait for a rig that another process uses, ms. */
  readonly waitMs: number;
}

/** The content of doctor.json. */
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
 * Checks that a rig works, and reports what does not with its fix. A broken rig is a finding, not an error.
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
  const figures = emptyFigures();
  const stage = openStage(screen, systemClock);
  const redactor = redactorOf(rig);
  const report = (found: Finding): void => {
    const finding = redactor ? { ...found, what: redactor.text(found.what) } : found;
    findings.push(finding);
    stage.print(findingLine(finding), (row) => paintFinding(row, finding, ink));
  };

  const { begin } = stage;
  const stopped = await checkAndProbe({
    options,
    system,
    folder,
    figures,
    findings,
    report,
    begin,
    redactor,
  }).finally(stage.end);

  const exitCode = stopped ? exitCodeOfSignal(stopped) : findings.some(isBroken) ? 3 : 0;
  const verdict = stopped ? `${rig.name}: stopped by ${stopped}\n` : verdictLine(rig.name, findings, ink);
  screen.write(`\n${verdict}`);
  screen.write(`${escapeText(path.relative(process.cwd(), folder.dir)) || '.'}: doctor.json, trace.jsonl\n`);
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

interface Examination {
  readonly options: DoctorOptions;
  readonly system: System;
  readonly folder: RunFolder;
  readonly figures: Figures;
  readonly findings: readonly Finding[];
  readonly report: (finding: Finding) => void;
  readonly begin: Stage['begin'];
  readonly redactor: Redactor | undefined;
}

/** Takes the lock, checks the machine, probes the board; returns the signal that cut it short. */
async function checkAndProbe(examination: Examination): Promise<StopSignal | undefined> {
  const { options, system, folder, figures, findings, report, begin, redactor } = examination;
  const { rig, unset, extent, waitMs, reports } = options;
  const ending = new AbortController();
  let stopped: StopSignal | undefined;
  const endWatch = watchForStop((signal) => {
    stopped = signal;
    ending.abort(signal);
  });
  let lock: Lock | undefined;
  try {
    lock = await tryLock(rig, waitMs, ending.signal, report);
    if (lock) (await completeCutRuns(reports, rig.name)).forEach((line) => report(note('runs', line)));
    begin('looking at the machine');
    (await quickDoctor(rig, system)).forEach(report);
    (await refusedBefore(rig, unset)).forEach(report);
    if (extent === null) return stopped;
    if (!lock || findings.some(isBroken)) {
      report(note('probes', 'the board was not touched: fix what is broken first'));
      return stopped;
    }
    const file = openTrace(folder.trace);
    const trace = redactor?.trace(file) ?? file;
    try {
      const { signal } = ending;
      const { dir } = folder;
      await probeBoard({ rig, unset, lock, extent, folder: dir, trace, signal, figures, report, begin });
    } finally {
      file.close();
    }
    return stopped;
  } catch (error) {
    if (stopped && hasCode(error, 'ABORTED')) return stopped;
    throw error;
  } finally {
    lock?.release();
    endWatch();
  }
}

/** @returns undefined, and a finding, when another process uses the board */
async function tryLock(
  rig: RigFile,
  waitMs: number,
  signal: AbortSignal,
  report: (finding: Finding) => void,
): Promise<Lock | undefined> {
  try {
    const lock = await acquireLock(rig, { waitMs, signal });
    lock.ended.forEach((line) => report(note('lock', line)));
    if (lock.files.length > 0)
      report(ok('lock', `no other process uses the board (${lock.files.join(', ')})`));
    return lock;
  } catch (error) {
    if (!isHilError(error) || error.blame !== 'rig') throw error;
    report(brokenBy('lock', error, 'wait for that process, or end it'));
    return undefined;
  }
}
