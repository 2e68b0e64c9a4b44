import { findRig } from '../../../rigs/file/find-rig.ts';
import { loadRigFile } from '../../../rigs/file/load-rig-file.ts';
import { checkTemporaryFolder } from '../../base/temporary-folder.ts';
import { withFaults } from '../../jest/session/with-faults.ts';
import { collectSuites } from './collect-suites.ts';
import { deviationsOf } from './deviations.ts';
import { planOf } from './plan.ts';
import type { PreparedRun, QualifyOptions } from './run.ts';

/**
 * Reads and checks all that a run needs and that does not need the board: rig file, known deviations, suites.
 * @throws RIG_NOT_FOUND, RIG_FILE_INVALID, USAGE for a fault on a real board, DEVIATIONS_INVALID, CLAUSE_UNKNOWN,
 *   CATALOGUE_INVALID, FOLDER_UNUSABLE for temporary files
 */
export async function prepareRun(options: QualifyOptions): Promise<PreparedRun> {
  const rig = withFaults(await loadRigFile(await findRig(options.rig)), options.faults);
  const deviations = await deviationsOf(rig, new Date());
  checkTemporaryFolder();
  const plan = planOf(await collectSuites(), options.clausePattern);
  return { rig, deviations, plan };
}
