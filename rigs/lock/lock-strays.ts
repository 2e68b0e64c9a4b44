import { escapeText } from '../../harness/base/escape.ts';
import { type LockHolder, straysOf } from './lock-holder.ts';
import { groupOf, isStillRunning, type ProcessIdentity } from './process-identity.ts';

/** How long to wait, in ms, for processes that a dead holder left behind, before each harder step. */
export interface StrayLimits {
  /** A Jest child without its supervisor puts the board at rest and ends; it has 4 s for that, as after SIGTERM. */
  readonly byItself: number;
  /** After SIGTERM. */
  readonly asked: number;
  /** After SIGKILL. */
  readonly killed: number;
}

export const strayLimits: StrayLimits = { byItself: 4_000, asked: 1_000, killed: 2_000 };

/** Sends the signal to each process that is still the recorded one; checked right before. */
function signalEach(strays: readonly ProcessIdentity[], signal: NodeJS.Signals): void {
  for (const stray of strays) {
    try {
      if (isStillRunning(stray)) process.kill(stray.pid, signal);
    } catch {
      // ESRCH: it ended at that moment. EPERM: it is another user's; the lock stays held, and the error names it.
    }
  }
}

/**
 * Ends the processes that a dead holder left behind: waits for them, then sends SIGTERM, then SIGKILL. Only processes
 * that are provably the recorded helpers (process id, start time, command line) are touched.
 * @param takeLock takes the lock, waiting up to `waitMs`; resolves with whether it did
 * @returns what was ended, one line; undefined if the lock is still held
 */
export async function endStrays(
  holder: LockHolder | undefined,
  takeLock: (waitMs: number) => Promise<boolean>,
  limits: StrayLimits,
): Promise<string | undefined> {
  const strays = holder ? straysOf(holder) : [];
  if (!holder || strays.length === 0) return undefined;
  const named = strays.map(({ pid, command }) => `${pid} (${command.slice(0, 80)})`).join(', ');
  const ended = escapeText(`what process ${holder.pid} left behind has ended: ${named}`);
  if (await takeLock(limits.byItself)) return ended;
  // The whole group: a program's shell may end long before the last of its commands. The leader comes first, so that
  // it starts no further command.
  const groups = strays.filter(isStillRunning).flatMap(groupOf);
  signalEach(groups, 'SIGTERM');
  if (await takeLock(limits.asked)) return `${ended}, by SIGTERM`;
  signalEach(groups, 'SIGKILL');
  if (await takeLock(limits.killed)) return `${ended}, by SIGKILL`;
  return undefined;
}
