import type { ProgramWatch } from '../control/programs/run-command.ts';
import type { Lock } from './lock.ts';

interface SharedLock {
  readonly lockDescriptors: readonly number[];
  readonly programs: ProgramWatch;
}

/**
 * Shares a lock with the programs that drive the board: they inherit it, and are recorded in its files while they
 * run. If they outlive this process, the next run that wants the board ends them.
 */
export const shareLock = (lock: Lock): SharedLock => ({
  lockDescriptors: lock.descriptors,
  programs: { started: (pid) => lock.addHelper(pid), ended: (pid) => lock.removeHelper(pid) },
});
