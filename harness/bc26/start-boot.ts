import { abortError } from './pause.ts';

/**
 * Calls what boots the module: supply on, power key or reset. Does nothing if `signal` has aborted, since the board is
 * about to be put at rest; if it aborts meanwhile, the call is not awaited any longer (`rest` ends it).
 * @throws ABORTED, and the errors of `act`
 */
export function startBoot(act: () => Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  if (!signal) return act();
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(abortError('starting the module', signal));
    if (signal.aborted) return onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    act()
      .finally(() => signal.removeEventListener('abort', onAbort))
      .then(resolve, reject);
  });
}
