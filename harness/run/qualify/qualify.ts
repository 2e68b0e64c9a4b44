import { randomInt } from 'node:crypto';
import path from 'node:path';

import { openLog } from '../../../reports/files/log.ts';
import { createRunFolder } from '../../../reports/files/run-folder.ts';
import { writeJunit } from '../../../reports/junit/junit.ts';
import type { Entry, RunFacts } from '../../../reports/record/entry.ts';
import { summaryOf } from '../../../reports/summary/summary.ts';
import { coloured, plain } from '../../../reports/text/text.ts';
import { findRig } from '../../../rigs/file/find-rig.ts';
import { loadRigFile } from '../../../rigs/file/load-rig-file.ts';
import { isEmulated, type RigFile } from '../../../rigs/file/rig-file.ts';
import { acquireLock } from '../../../rigs/lock/lock.ts';
import { identityOf } from '../../../rigs/lock/process-identity.ts';
import { systemClock, toMs } from '../../base/clock.ts';
import { hasCode, isHilError, messageOf } from '../../base/error.ts';
import { withFaults } from '../../jest/session/with-faults.ts';
import { completeCutRuns } from '../complete-cut.ts';
import { createProgress, type Screen } from '../progress.ts';
import { atRest } from '../rest-board.ts';
import { exitCodeOfSignal, listenForStop, type StopListener } from '../signals.ts';
import { budgetOf } from './budget.ts';
import { checkRig } from './check-rig.ts';
import { collectSuites } from './collect-suites.ts';
import { currentCommit } from './commit.ts';
import { deviationsOf, unneededDeviations } from './deviations.ts';
import { judge } from './judge.ts';
import { leaveWhyNoRun } from './report-no-run.ts';
import { planOf, testsToJudge } from './plan.ts';
import { type Recorder, startRecorder } from './recorder.ts';
import type { QualifyOptions, Run } from './run.ts';

export type { Profile } from '../../jest/host/host.ts';
export { profiles } from '../../jest/host/host.ts';

/** Where a run speaks: progress as it goes, the summary at the end. */
export interface Voices {
  readonly progress: Screen;
  readonly summary: Screen;
}

const reports = path.resolve(import.meta.dirname, '../../../reports');

/**
 * A qualification run: checks everything that can be checked before the first byte, lets the Jest child
 * judge, puts the board at rest whatever happened, and leaves record, JUnit and summary.
 * @returns the exit code, which comes from the record
 * @throws usage errors, RIG_BUSY: what ends it before there is anything to report
 */
export async function qualify(options: QualifyOptions, voices: Voices): Promise<number> {
  // First of all: a parent that goes while we load, or wait for the board, must not leave an orphan that takes it.
  const stop = listenForStop();
  const abort = new AbortController();
  stop.onRequest(({ why }) => abort.abort(why));
  try {
    return await prepare(options, voices, stop, abort.signal);
  } catch (error) {
    if (stop.request && hasCode(error, 'ABORTED')) return exitCodeOfSignal(stop.request.signal);
    await leaveWhyNoRun(options, error);
    throw error;
  } finally {
    stop.end();
  }
}

async function prepare(
  options: QualifyOptions,
  voices: Voices,
  stop: StopListener,
  signal: AbortSignal,
): Promise<number> {
  const rig = withFaults(await loadRigFile(await findRig(options.rig)), options.faults);
  const deviations = await deviationsOf(rig, new Date());
  const plan = planOf(await collectSuites(), options.clausePattern);
  const lock = await acquireLock(rig, { waitMs: options.waitMs, signal });
  try {
    for (const line of [...lock.ended, ...(await completeCutRuns(reports, rig.name))])
      voices.progress.write(`${rig.name}: ${line}\n`);
    const startedAt = new Date();
    const notes: string[] = [];
    const unlinked = (why: string): unknown => notes.push(why);
    const folder = createRunFolder({ reports, rig: rig.name, startedAt, out: options.out, unlinked });
    const facts = await factsOf(rig, options, startedAt);
    return await run({ rig, options, plan, deviations, lock, folder, facts, stop, notes }, voices);
  } finally {
    lock.release();
  }
}

async function factsOf(rig: RigFile, options: QualifyOptions, startedAt: Date): Promise<RunFacts> {
  return {
    rig: rig.name,
    rigFile: rig.file,
    driver: rig.control.driver,
    emulated: isEmulated(rig),
    profile: options.profile,
    clausePattern: options.clausePattern,
    budget: budgetOf(options.profile, rig),
    seed: options.seed ?? randomInt(2 ** 31),
    clock: rig.module.clock,
    commit: await currentCommit(),
    node: process.version,
    startedAt: startedAt.toISOString(),
  };
}

async function run(parts: Run, voices: Voices): Promise<number> {
  const { rig, plan, folder, facts } = parts;
  const began = systemClock.now();
  const log = openLog(folder.log, 'supervisor');
  const progress = createProgress(voices.progress, testsToJudge(plan));
  voices.progress.write(`${facts.rig}: profile ${facts.profile}, seed ${facts.seed}\n`);
  log.log.info({ facts }, 'run starts');
  const recorder = startRecorder(folder, {
    type: 'run-start',
    facts,
    clauses: plan.clauses,
    planned: plan.tests,
    deviations: parts.deviations,
    supervisor: identityOf(process.pid),
  });
  recorder.onLost(progress);

  const tell = (entry: Entry) => {
    log.log.info({ entry }, 'the supervisor says');
    recorder.say(entry);
    progress(entry);
  };
  parts.notes.forEach((text) => tell({ type: 'message', text }));
  const { stop } = parts;
  let rest: Entry | undefined;
  try {
    const found = facts.profile === 'smoke' ? [] : await checkRig(rig);
    found.forEach(tell);
    const sound = found.every(({ type }) => type !== 'rig-error');
    if (sound && !stop.request) (await judge(parts, { recorder, progress, stop })).forEach(tell);
  } finally {
    // Whatever ends the run.
    rest = await atRest(rig, parts.lock);
  }
  if (rest) tell(rest);
  // Asked for while the board was checked, or put at rest: `judge` has told it where it ran.
  if (stop.request && !recorder.write().problems.some(({ kind }) => kind === 'interrupted')) {
    tell({ type: 'interrupted', signal: stop.request.signal });
  }
  unneededDeviations(recorder.write(), rig.module.deviations ?? '').forEach(tell);
  recorder.say({ type: 'run-end', durationMs: Math.round(toMs(systemClock.now() - began)) });

  await leaveJunit(folder.junit, recorder, progress);
  const record = recorder.write();
  voices.summary.write(`\n${summaryOf(record, folder, voices.summary.isTTY ? coloured : plain)}`);
  log.log.info({ exitCode: record.exitCode }, 'run ends');
  log.close();
  return record.exitCode ?? 3;
}

/** A JUnit file that cannot be made or written is the rig's failure, and takes nobody's summary away. */
async function leaveJunit(file: string, recorder: Recorder, progress: (entry: Entry) => void): Promise<void> {
  try {
    await writeJunit(file, recorder.write());
  } catch (error) {
    const remedy = isHilError(error) && error.remedy;
    const entry: Entry = {
      ...{ type: 'rig-error', code: 'REPORT_FAILED', message: messageOf(error) },
      ...(remedy && { remedy }),
    };
    recorder.say(entry);
    progress(entry);
  }
}
