import { escapeText } from '../../harness/base/escape.ts';
import { type LockHolder, straysOf } from './lock-holder.ts';
import { groupOf, isStillRunning, type ProcessIdentity } from './process-identity.ts';

/** How long what a dead holder left behind is waited for, ms, before each harder step. */
export interface StrayLimits {
  /** A Jest child notices that its supervisor has gone, puts the board at rest and ends: 4 s, as when it is asked to. */
  readonly byItself: number;
  /** After SIGTERM. */
  readonly asked: number;
  /** After SIGKILL. */
  readonly killed: number;
}

export const strayLimits: StrayLimits = { byItself: 4_000, asked: 1_000, killed: 2_000 };

/** Sends the signal to those that are still the processes that were recorded; looked at again right before. */
function signalEach(strays: readonly ProcessIdentity[], signal: NodeJS.Signals): void {
  for (const stray of strays) {
    try {
      if (isStillRunning(stray)) process.kill(stray.pid, signal);
    } catch {
      // ESRCH: it ended at that moment. EPERM: another user's; the lock stays held, and its holder is named.
    }
  }
}

/**
 * Ends what a dead holder left behind, so that its lock comes free: by itself, by SIGTERM, by SIGKILL. A process that
 * is not provably one of the recorded helpers (number, start time, command line) is left alone.
 * @param freed takes the lock, waiting for it so many ms: whether it did
 * @returns what was ended, for people; undefined when the lock is held on
 */
export async function endStrays(
  holder: LockHolder | undefined,
  freed: (waitMs: number) => Promise<boolean>,
  limits: StrayLimits,
): Promise<string | undefined> {
  const strays = holder ? straysOf(holder) : [];
  if (!holder || strays.length === 0) return undefined;
  const named = strays.map(({ pid, command }) => `${pid} (${command.slice(0, 80)})`).join(', ');
  const told = escapeText(`what process ${holder.pid} left behind has ended: ${named}`);
  if (await freed(limits.byItself)) return told;
  // With what it started: a program's shell may be gone long before the last of its commands. The leader first, so
  // that it begins no further one.
  const groups = strays.filter(isStillRunning).flatMap(groupOf);
  signalEach(groups, 'SIGTERM');
  if (await freed(limits.asked)) return `${told}, by SIGTERM`;
  signalEach(groups, 'SIGKILL');
  if (await freed(limits.killed)) return `${told}, by SIGKILL`;
  return undefined;
}
