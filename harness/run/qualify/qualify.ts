import path from 'node:path';

import type { Entry } from '../../../reports/record/entry.ts';
import type { RunRecord } from '../../../reports/record/record.ts';
import { summaryOf } from '../../../reports/summary/summary.ts';
import { coloured, plain } from '../../../reports/text/format.ts';
import { acquireLock, noLock } from '../../../rigs/lock/lock.ts';
import { systemClock, toMs } from '../../base/clock.ts';
import { hasCode } from '../../base/error.ts';
import { completeCutRuns } from '../complete-cut.ts';
import type { Screen } from '../progress/screen.ts';
import { tryRestBoard } from '../rest-board.ts';
import { exitCodeOfSignal, listenForStop, type StopListener, unlessStopped } from '../signals.ts';
import { addToStepSummary } from '../step-summary.ts';
import { writeReports } from '../write-reports.ts';
import { type Announcer, openAnnouncer } from './announcer.ts';
import { checkRig } from './check-rig.ts';
import { describeTimeout } from './child-account.ts';
import { unneededDeviations } from './deviations.ts';
import { judge } from './judge.ts';
import { keepTimesOf } from './keep-times.ts';
import { openRun } from './open-run.ts';
import { optionsOf } from './options-of.ts';
import { prepareRun } from './prepare-run.ts';
import { reportNoRun } from './report-no-run.ts';
import type { AskedRun, Run } from './run.ts';
import { startTimeLimit } from './time-limit.ts';

/** Where a run prints: its progress, and the summary at the end. */
export interface Outputs {
  readonly progress: Screen;
  readonly summary: Screen;
}

const reports = path.resolve(import.meta.dirname, '../../../reports');

/**
 * A qualification run: checks all that can be checked before the first byte, starts the Jest child that judges the
 * module, puts the board at rest whatever happened, and writes record, JUnit file and summary.
 * @returns the exit code, which comes from the record
 * @throws usage errors, RIG_BUSY: errors before there is a run to report
 */
export async function qualify(asked: AskedRun, outputs: Outputs): Promise<number> {
  // First, so that a parent that ends during loading or waiting does not leave an orphan that takes the board.
  const stop = listenForStop();
  try {
    return await runLocked(asked, outputs, stop);
  } catch (error) {
    if (stop.request && hasCode(error, 'ABORTED')) return exitCodeOfSignal(stop.request.signal);
    await reportNoRun(asked, error);
    throw error;
  } finally {
    stop.end();
  }
}

async function runLocked(asked: AskedRun, outputs: Outputs, stop: StopListener): Promise<number> {
  const options = await optionsOf(asked);
  const prepared = await unlessStopped(stop, prepareRun(options));
  const { rig } = prepared;
  const abort = new AbortController();
  stop.onRequest(({ why }) => abort.abort(why));
  const isReplay = options.replay !== undefined;
  const lock = isReplay ? noLock : await acquireLock(rig, { waitMs: options.waitMs, signal: abort.signal });
  const limit = startTimeLimit(options.profile, options.timeoutMs, systemClock);
  try {
    const cut = isReplay ? [] : await completeCutRuns(reports, rig.name);
    for (const line of [...lock.ended, ...cut]) outputs.progress.write(`${rig.name}: ${line}\n`);
    return await carryOut(await openRun({ ...prepared, options, lock, stop, limit }, reports), outputs);
  } finally {
    limit.end();
    lock.release();
  }
}

async function carryOut(run: Run, outputs: Outputs): Promise<number> {
  const { rig, lock, notes, plan, options } = run;
  const isReplay = options.replay !== undefined;
  const began = systemClock.now();
  const announcer = openAnnouncer(run, outputs.progress);
  let unrested: Entry | undefined;
  try {
    [...plan.also, ...notes].forEach((text) => announcer.announce({ type: 'message', text }));
    await checkAndJudge(run, announcer);
  } finally {
    unrested = isReplay ? undefined : await tryRestBoard(rig, lock);
    announcer.endProgress();
  }
  if (unrested) announcer.announce(unrested);
  announceLateStop(run, announcer);
  unneededDeviations(announcer.recorder.write(), rig.module.deviations ?? '').forEach(announcer.announce);
  announcer.recorder.addAndTrace({
    type: 'run-end',
    durationMs: Math.round(toMs(systemClock.now() - began)),
  });
  const record = await report(run, announcer, outputs.summary);
  if (!isReplay) keepTimesOf(run, record, announcer);
  const { exitCode } = record;
  announcer.close(exitCode);
  return exitCode ?? 3;
}

/** Writes the reports and prints the summary. */
async function report(
  { folder, options }: Run,
  { recorder, show }: Announcer,
  summary: Screen,
): Promise<RunRecord> {
  const add = (entry: Entry): void => {
    recorder.addAndTrace(entry);
    show(entry);
  };
  const write = (): RunRecord => recorder.write();
  const onSummary = (text: string): void => {
    const note = addToStepSummary(text);
    if (note) add(note);
  };
  const record = options.forProof ? write() : await writeReports(folder, { write, add }, onSummary);
  summary.write(`\n${summaryOf(record, folder, summary.isTTY ? coloured : plain, summary.columns)}`);
  return record;
}

async function checkAndJudge(run: Run, announcer: Announcer): Promise<void> {
  const found =
    run.facts.profile === 'smoke' || run.options.replay !== undefined || run.options.forProof
      ? []
      : await checkRig(run.rig);
  found.forEach(announcer.announce);
  const isSound = found.every(({ type }) => type !== 'rig-error');
  if (!isSound || run.stop.request) return;
  const entries = run.limit.isReached
    ? [describeTimeout(run.limit.text, 'while the machine was checked')]
    : await judge(run, announcer);
  entries.forEach(announcer.announce);
}

/** A stop requested while the board was checked or put at rest. `judge` announces one during its own time. */
function announceLateStop({ stop }: Run, { recorder, announce }: Announcer): void {
  if (!stop.request || recorder.write().problems.some(({ kind }) => kind === 'interrupted')) return;
  announce({ type: 'interrupted', signal: stop.request.signal });
}
