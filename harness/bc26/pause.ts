import type { Clock } from '../base/clock.ts';
import { HilError } from '../base/error.ts';

/** ABORTED; its cause is the signal's reason. */
export const abortError = (what: string, signal: AbortSignal): HilError =>
  new HilError('ABORTED', `${what} was aborted`, { cause: signal.reason });

/**
 * Waits `ms`. For pacing only, where there is no event to wait for.
 * @throws ABORTED as soon as the signal aborts
 */
export function pause(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(abortError('waiting', signal));
    const cancel = clock.after(ms, () => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    });
    function onAbort(): void {
      cancel();
      if (signal) reject(abortError('waiting', signal));
    }
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
