import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

import { signalGroup } from '../../../rigs/control/programs/process-group.ts';
import type { Clock } from '../../base/clock.ts';
import { waitToSettle } from '../../base/wait-to-settle.ts';

/** After its last word Jest writes its own account and ends, in about a second; this is for one that hangs. */
const lastWordLimitMs = 10_000;

/** What it said is in the channel's buffer when it ends: there to be read at once. */
const drainLimitMs = 2_000;

export interface JestChildEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** It went on after it had closed the channel, and was killed. */
  readonly overdue: boolean;
}

/**
 * Waits for the end of the Jest child and of what it said. One that goes on for `limitMs` after it has closed the
 * channel is killed with its process group.
 */
export async function endOf(
  child: ChildProcess,
  clock: Clock,
  limitMs = lastWordLimitMs,
): Promise<JestChildEnd> {
  let overdue = false;
  let cancel = (): void => {};
  const saidLast = child.connected ? once(child, 'disconnect') : Promise.resolve();
  const limited = saidLast.then(() => {
    cancel = clock.after(limitMs, () => {
      overdue = true;
      signalGroup(child.pid, 'SIGKILL');
    });
  });
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  await waitToSettle(limited, drainLimitMs, clock);
  cancel();
  return { code, signal, overdue };
}
