import type { ChildProcess } from 'node:child_process';

import type { Clock } from '../../base/clock.ts';
import { BEAT_EVERY_MS } from '../../jest/host/heartbeat.ts';

/**
 * How long the Jest child may say nothing, ms. It sends a beat every 5 s; on a busy machine it may take half a minute to
 * load before the first.
 */
const SILENT_LIMIT_MS = 120_000;

/**
 * Calls `onSilent` once when no message has come over a child's channel for `limitMs`: the child is stopped (SIGSTOP), or
 * its event loop no longer turns. Ends by itself with the channel.
 */
export function watchHeartbeat(
  child: Pick<ChildProcess, 'on' | 'once'>,
  clock: Clock,
  onSilent: () => void,
  limitMs = SILENT_LIMIT_MS,
): void {
  const step = Math.min(BEAT_EVERY_MS, limitMs / 4);
  // Time is counted in steps of our own: while this process was stopped as well, the child's beats were not read.
  let silentMs = 0;
  let cancel = (): void => {};
  const wait = (): void => {
    cancel = clock.after(step, () => {
      silentMs += step;
      if (silentMs < limitMs) wait();
      else onSilent();
    });
  };
  child.on('message', () => (silentMs = 0));
  for (const end of ['disconnect', 'exit'] as const) child.once(end, () => cancel());
  wait();
}
