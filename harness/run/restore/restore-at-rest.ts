import { loadRigFile } from '../../../rigs/file/load-rig-file.ts';
import type { RigFile } from '../../../rigs/file/rig-file.ts';
import type { Lock } from '../../../rigs/lock/lock.ts';
import { messageOf } from '../../base/error.ts';
import { restBoard } from '../rest-board.ts';
import { originalOf } from './give-back-module.ts';
import { restoreModule } from './restore-session.ts';

/**
 * Gives a board's module back what an earlier run found in it, before the board is left at rest. That the module does not
 * answer or refuses is told, not thrown.
 * @param rig at rest; its credentials are read only if something is kept of its module
 * @returns the exit code of the signal that ended it, else 0
 * @throws CONTROL_FAILED, CONTROL_TIMEOUT: the board is not at rest
 */
export async function restoreAtRest(rig: RigFile, lock: Lock, say: (text: string) => void): Promise<number> {
  try {
    if (!originalOf(rig)) return 0;
    const exitCode = await restoreModule(await loadRigFile(rig.file), say, lock);
    return exitCode === 3 ? 0 : exitCode;
  } catch (error) {
    say(`what module ${rig.module.imei} held before a run is not yet put back: ${messageOf(error)}`);
    say(`\`bc26-hil restore --rig ${rig.file}\` tries again`);
    await restBoard(rig, lock);
    return 0;
  }
}
