import { abortError } from './pause.ts';

/**
 * Does what makes a module boot: supply on, power key, reset. Not once `signal` has aborted: nobody would see the
 * module, and the board is about to be put at rest. Nor is it waited for any longer then; `rest` ends it.
 * @throws ABORTED, and what `act` rejects with
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
