import { checkChosen } from '../../../reports/files/run-folder.ts';
import { findRig } from '../../../rigs/file/find-rig.ts';
import { loadRigFile } from '../../../rigs/file/load-rig-file.ts';
import { askedIds } from '../../clauses/needed.ts';
import { readRecordedRun } from '../../jest/session/recorded-run.ts';
import { withFaults } from '../../jest/session/with-faults.ts';
import { refuseUnknownFaults } from '../unknown-faults.ts';
import { collectSuites } from './collect-suites.ts';
import { deviationsOf } from './deviations.ts';
import { planOf } from './plan.ts';
import { refusals } from './refusals.ts';
import type { PreparedRun, QualifyOptions } from './run.ts';
import { switchesToProve } from './switches.ts';

/**
 * Reads and checks all that a run needs and that does not need the board: rig file, known deviations, suites.
 * @throws RIG_NOT_FOUND, RIG_FILE_INVALID, EMULATOR_REFUSED, USAGE for an unknown fault or one on a real board, DEVIATIONS_INVALID, CLAUSE_UNKNOWN,
 *   CATALOGUE_INVALID, FOLDER_UNUSABLE for temporary files and for `--out`
 */
export async function prepareRun(options: QualifyOptions): Promise<PreparedRun> {
  if (options.out !== null) checkChosen(options.out);
  if (options.stopAt !== null) askedIds(options.stopAt);
  const [{ rig, deviations }, suites] = await Promise.all([
    options.replay === undefined ? readRig(options) : readReplayed(options.replay, options.replayRig),
    collectSuites({ sources: !options.forProof }),
  ]);
  return {
    rig,
    deviations,
    suites,
    plan: planOf(suites, options.clausePattern, options.profile),
    switches: switchesToProve(suites, options),
  };
}

/** @param name of the rig that plays the run; the run's own if there is none */
function readReplayed(run: string, name?: string): Pick<PreparedRun, 'rig' | 'deviations'> {
  const { rig, deviations } = readRecordedRun(run);
  return { rig: { ...rig, name: name ?? rig.name }, deviations };
}

async function readRig(options: QualifyOptions): Promise<Pick<PreparedRun, 'rig' | 'deviations'>> {
  const named = await loadRigFile(await findRig(options.rig));
  const rig = withFaults(named, options.faults);
  if (!options.forProof)
    await Promise.all([...refusals.map(({ check }) => check(named)), refuseUnknownFaults(options.faults)]);
  return { rig, deviations: await deviationsOf(rig, new Date()) };
}
