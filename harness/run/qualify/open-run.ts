import { randomInt } from 'node:crypto';
import { hostname } from 'node:os';

import { createRunFolder } from '../../../reports/files/run-folder.ts';
import type { RunFacts } from '../../../reports/record/entry.ts';
import { isEmulated, type RigFile } from '../../../rigs/file/rig-file.ts';
import { keepChosenRun } from '../../../rigs/state/chosen-runs.ts';
import { messageOf } from '../../base/error.ts';
import { clockMistake } from '../../base/machine-date.ts';
import { currentCommit } from '../commit.ts';
import { budgetOf } from './budget.ts';
import type { QualifyOptions, Run } from './run.ts';

/**
 * Makes the run folder and collects the facts of the run.
 * @param parts the run without them
 * @param reports the reports folder of the project
 * @throws USAGE, REPORT_FAILED for the folder
 */
export async function openRun(parts: Omit<Run, 'folder' | 'facts' | 'notes'>, reports: string): Promise<Run> {
  const { rig, options } = parts;
  const startedAt = new Date();
  const notes: string[] = [];
  const mistake = clockMistake(startedAt);
  if (mistake !== undefined)
    notes.push(`${mistake}: the times in this run's files are wrong, and no deviation expired by that clock`);
  if (options.replay !== undefined) notes.push(`the trace of ${options.replay} stands in for the board`);
  const folder = createRunFolder({
    reports,
    rig: options.replay !== undefined && options.replayRig === undefined ? `${rig.name}-replay` : rig.name,
    startedAt,
    out: options.out,
    latest: options.latest,
    unlinked: (reason) => notes.push(reason),
  });
  // An emulated board is no one's: its runs share no state.
  if (options.out !== null && options.replay === undefined && !isEmulated(rig)) {
    try {
      keepChosenRun(rig.name, folder.dir);
    } catch (error) {
      notes.push(`not kept where this run is, so it is not completed if it is killed: ${messageOf(error)}`);
    }
  }
  return { ...parts, folder, facts: await factsOf(rig, options, startedAt), notes };
}

async function factsOf(rig: RigFile, options: QualifyOptions, startedAt: Date): Promise<RunFacts> {
  return {
    rig: rig.name,
    rigFile: rig.file,
    driver: options.replay === undefined ? rig.control.driver : 'replay',
    emulated: isEmulated(rig),
    ...(options.faults.length > 0 && { faults: options.faults }),
    profile: options.profile,
    clausePattern: options.clausePattern,
    budget: budgetOf(options.profile, rig),
    seed: options.seed ?? randomInt(2 ** 31),
    clock: rig.module.clock,
    commit: await currentCommit(),
    node: process.version,
    host: hostname(),
    baud: rig.serial.baud,
    ...(options.junit === 'strict' && { junit: options.junit }),
    startedAt: startedAt.toISOString(),
  };
}
