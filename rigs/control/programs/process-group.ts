import type { Clock } from '../../../harness/base/clock.ts';
import { waitToSettle } from '../../../harness/base/wait-to-settle.ts';

/** A program that heeds SIGTERM closes what it has open; whoever stops a run waits for all of this. */
const heedLimitMs = 500;

/** How long a killed group may take to give its output pipes back. */
const killedLimitMs = 1_000;

/** Sends a signal to all of a process group; one that has ended, or belongs to another user, hears nothing. */
export function signalGroup(leader: number | undefined, signal: NodeJS.Signals): void {
  if (leader === undefined) return;
  try {
    process.kill(-leader, signal);
  } catch {
    // ESRCH: it ended at that very moment. EPERM: it runs as another user (sudo); whoever waits for it has a limit.
  }
}

/** Kills a group; waits for `ended`, 1 s at most: whether it has. */
export function killGroup(
  leader: number | undefined,
  ended: Promise<unknown>,
  clock: Clock,
): Promise<boolean> {
  signalGroup(leader, 'SIGKILL');
  return waitToSettle(ended, killedLimitMs, clock);
}

/**
 * Ends a group by SIGTERM, and what has not ended 0.5 s later by SIGKILL; waits for `ended`: whether it has.
 * A member that gave up its output and heeds no SIGTERM is killed, too.
 */
export async function endGroup(
  leader: number | undefined,
  ended: Promise<unknown>,
  clock: Clock,
): Promise<boolean> {
  signalGroup(leader, 'SIGTERM');
  await waitToSettle(ended, heedLimitMs, clock);
  return killGroup(leader, ended, clock);
}
