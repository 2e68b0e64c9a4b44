import type { AtClient } from '../at/at-client.ts';
import { type Clock, toMs } from '../base/clock.ts';
import { HilError } from '../base/error.ts';
import { abortError } from './pause.ts';

/** `+CEREG: <stat>` when unsolicited, `+CEREG: <n>,<stat>` as an answer; more may follow (27.007 §10.1.22). */
const stat = /^\+CEREG: *(?:[0-5],)?([0-9]{1,2})(?:,|$)/;

/** 1: registered in the home network; 5: roaming. */
const isAttached = (line: string): boolean => ['1', '5'].includes(stat.exec(line)?.[1] ?? '');

/** When the wait is told for the first time, and how often after that, ms: most networks are there before. */
const FIRST_TOLD_MS = 5_000;
const TOLD_EVERY_MS = 60_000;

interface AttachOptions {
  readonly clock: Clock;
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
  /** Is called with one line for people while the wait goes on. */
  readonly say?: (text: string) => void;
}

/**
 * Waits until the module is registered with a network. Asks once, then waits for the module's report.
 * @throws NETWORK_NOT_ATTACHED after `deadlineMs`; ABORTED; the errors of `AtClient.send`
 */
export async function waitForAttach(
  at: Pick<AtClient, 'send' | 'onUnsolicited'>,
  { clock, deadlineMs, signal, say }: AttachOptions,
): Promise<void> {
  const ends: (() => void)[] = [];
  const began = clock.now();
  const attached = new Promise<void>((resolve, reject) => {
    const onAbort = (): void => reject(abortError('waiting for the network', signal));
    signal.addEventListener('abort', onAbort, { once: true });
    ends.push(
      at.onUnsolicited(({ data, endedAt }) => {
        // The client also hands on lines kept from before: they may be older than a reboot.
        if (endedAt >= began && isAttached(data)) resolve();
      }),
      clock.after(deadlineMs, () => reject(notAttached(deadlineMs))),
      () => signal.removeEventListener('abort', onAbort),
    );
  });
  // It may reject while a command below rejects, too: the first error counts.
  attached.catch(() => undefined);
  try {
    await at.send('AT+CEREG=1', { signal });
    const { information } = await at.send('AT+CEREG?', { signal });
    if (information.some(isAttached)) return;
    const tell = (afterMs: number): void => {
      ends.push(
        clock.after(afterMs, () => {
          const waitedS = Math.round(toMs(clock.now() - began) / 1000);
          say?.(
            `waiting for the module to find a network: for ${waitedS} s now, ${deadlineMs / 1000} s at most; the first time takes minutes`,
          );
          tell(TOLD_EVERY_MS);
        }),
      );
    };
    tell(FIRST_TOLD_MS);
    await attached;
  } finally {
    ends.forEach((end) => end());
  }
}

const notAttached = (deadlineMs: number): HilError =>
  new HilError('NETWORK_NOT_ATTACHED', `the module found no network within ${deadlineMs / 1000} s`, {
    remedy: 'check antenna, SIM and coverage; `module.attachDeadlineMs` in the rig file allows more time',
  });
