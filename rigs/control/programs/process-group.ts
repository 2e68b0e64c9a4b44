import type { Clock } from '../../../harness/base/clock.ts';
import { waitToSettle } from '../../../harness/base/wait-to-settle.ts';

/** ms between SIGTERM and SIGKILL; a person who stops a run waits for it. */
const termLimitMs = 500;

/** ms that a killed group may take to close its output pipes. */
const killedLimitMs = 1_000;

/** Sends a signal to a process group. A group that has ended, or belongs to another user, gets none. */
export function signalGroup(leader: number | undefined, signal: NodeJS.Signals): void {
  if (leader === undefined) return;
  try {
    process.kill(-leader, signal);
  } catch {
    // ESRCH: it has just ended. EPERM: it runs as another user (sudo); all waits for it are limited.
  }
}

/** Kills a group and waits up to 1 s for `ended`; resolves with whether it has ended. */
export function killGroup(
  leader: number | undefined,
  ended: Promise<unknown>,
  clock: Clock,
): Promise<boolean> {
  signalGroup(leader, 'SIGKILL');
  return waitToSettle(ended, killedLimitMs, clock);
}

/**
 * Ends a group by SIGTERM, then, 0.5 s later or when `ended` has settled, by SIGKILL: a member that closed its output
 * and ignores SIGTERM is killed too. Resolves with whether it has ended.
 */
export async function endGroup(
  leader: number | undefined,
  ended: Promise<unknown>,
  clock: Clock,
): Promise<boolean> {
  signalGroup(leader, 'SIGTERM');
  await waitToSettle(ended, termLimitMs, clock);
  return killGroup(leader, ended, clock);
}
