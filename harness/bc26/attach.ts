import type { AtClient } from '../at/at-client.ts';
import type { Clock } from '../base/clock.ts';
import { HilError } from '../base/error.ts';
import { abortError } from './pause.ts';

/** `+CEREG: <stat>` as it comes unasked, `+CEREG: <n>,<stat>` as an answer; more may follow (27.007 §10.1.22). */
const stat = /^\+CEREG: *(?:[0-5],)?([0-9]{1,2})(?:,|$)/;

/** Registered, home network or roaming. */
const isAttached = (line: string): boolean => ['1', '5'].includes(stat.exec(line)?.[1] ?? '');

/**
 * Waits until the module is registered with a network: asks once, then has it say so by itself.
 * @throws NETWORK_NOT_ATTACHED after `deadlineMs` (the rig's: antenna, SIM, coverage), ABORTED, and what
 *   `AtClient.send` rejects with
 */
export async function waitForAttach(
  at: Pick<AtClient, 'send' | 'onUnsolicited'>,
  { clock, deadlineMs, signal }: { clock: Clock; deadlineMs: number; signal: AbortSignal },
): Promise<void> {
  const ends: (() => void)[] = [];
  const began = clock.now();
  const attached = new Promise<void>((resolve, reject) => {
    const onAbort = (): void => reject(abortError('waiting for the network', signal));
    signal.addEventListener('abort', onAbort, { once: true });
    ends.push(
      at.onUnsolicited(({ data, endedAt }) => {
        // The client keeps what nobody heard: a line of before a reboot says nothing of now.
        if (endedAt >= began && isAttached(data)) resolve();
      }),
      clock.after(deadlineMs, () => reject(notAttached(deadlineMs))),
      () => signal.removeEventListener('abort', onAbort),
    );
  });
  // It may reject while one of the commands below does: whoever comes first is heard.
  attached.catch(() => undefined);
  try {
    await at.send('AT+CEREG=1', { signal });
    const { information } = await at.send('AT+CEREG?', { signal });
    if (!information.some(isAttached)) await attached;
  } finally {
    ends.forEach((end) => end());
  }
}

const notAttached = (deadlineMs: number): HilError =>
  new HilError('NETWORK_NOT_ATTACHED', `the module found no network within ${deadlineMs / 1000} s`, {
    remedy: 'check antenna, SIM and coverage; `module.attachDeadlineMs` in the rig file gives it longer',
  });
