import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

import { signalGroup } from '../../../rigs/control/programs/process-group.ts';
import type { Clock } from '../../base/clock.ts';
import { waitToSettle } from '../../base/wait-to-settle.ts';

/** How long the child may go on after it has closed the channel, ms. Jest's own report takes about a second. */
const END_LIMIT_MS = 10_000;

/** How long reading the channel's last messages may take after the child's end, ms: they are in its buffer. */
const DRAIN_LIMIT_MS = 2_000;

export interface JestChildEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** It went on after it had closed the channel, and was killed. */
  readonly overdue: boolean;
}

/**
 * Waits until the Jest child has ended and its messages were read. One that goes on for `limitMs` after it has closed
 * the channel is killed with its process group.
 */
export async function waitForEnd(
  child: ChildProcess,
  clock: Clock,
  limitMs = END_LIMIT_MS,
): Promise<JestChildEnd> {
  let overdue = false;
  let cancel = (): void => {};
  const channelClosed = child.connected ? once(child, 'disconnect') : Promise.resolve();
  const limited = channelClosed.then(() => {
    cancel = clock.after(limitMs, () => {
      overdue = true;
      signalGroup(child.pid, 'SIGKILL');
    });
  });
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  await waitToSettle(limited, DRAIN_LIMIT_MS, clock);
  cancel();
  return { code, signal, overdue };
}
