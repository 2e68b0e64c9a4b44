import type { ChildProcess } from 'node:child_process';

import type { Clock } from '../../base/clock.ts';
import { BEAT_EVERY_MS } from '../../jest/host/heartbeat.ts';

/** How long the Jest child may say nothing once it has said something, ms. It sends a beat every 5 s. */
const SILENT_LIMIT_MS = 120_000;

/**
 * How long it may say nothing at its start, ms. It loads its session in one turn of its event loop: half a minute on a busy
 * machine, over two minutes on an emulated Raspberry Pi (`rigs/pi-lane`) beside twenty busy processes.
 */
const LOADING_LIMIT_MS = 600_000;

/**
 * Calls `onSilent` once, with the limit in minutes, when no message has come over a child's channel for so long: the child
 * is stopped (SIGSTOP), or its event loop no longer turns. Ends by itself with the channel.
 */
export function watchHeartbeat(
  child: Pick<ChildProcess, 'on' | 'once'>,
  clock: Clock,
  onSilent: (minutes: number) => void,
  laterLimitMs = SILENT_LIMIT_MS,
): void {
  let limitMs = LOADING_LIMIT_MS;
  const step = Math.min(BEAT_EVERY_MS, laterLimitMs / 4);
  // Time is counted in steps of our own: while this process was stopped as well, the child's beats were not read.
  let silentMs = 0;
  let cancel = (): void => {};
  const wait = (): void => {
    cancel = clock.after(step, () => {
      silentMs += step;
      if (silentMs < limitMs) wait();
      else onSilent(limitMs / 60_000);
    });
  };
  child.on('message', () => {
    silentMs = 0;
    limitMs = laterLimitMs;
  });
  for (const end of ['disconnect', 'exit'] as const) child.once(end, () => cancel());
  wait();
}
