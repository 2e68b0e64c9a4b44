import type { ProgramWatch } from '../control/programs/run-command.ts';
import type { Lock } from './lock.ts';

interface Held {
  readonly lockDescriptors: readonly number[];
  readonly programs: ProgramWatch;
}

/**
 * How programs that drive a board hold its lock: they inherit it, and stand in its files while they run. If they
 * outlive us, the next who wants the board ends them.
 */
export const shareLock = (lock: Lock): Held => ({
  lockDescriptors: lock.descriptors,
  programs: { started: (pid) => lock.addHelper(pid), ended: (pid) => lock.removeHelper(pid) },
});
