import { type Clock, toMs, toNs } from '../../../harness/base/clock.ts';
import { HilError } from '../../../harness/base/error.ts';

function onceAfter(clock: Clock, ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(ms, () => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    });
    function onAbort(): void {
      cancel();
      reject(abortedError());
    }
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

const abortedError = (): HilError =>
  new HilError('ABORTED', 'the action was aborted: the board was put at rest, or its driver closed');

/** Throws ABORTED once `signal` has aborted. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw abortedError();
}

/**
 * Waits until the time `due` (ns) of the clock, never less: Node's timers may fire up to 1 ms early.
 * @throws ABORTED by `signal`
 */
export async function waitUntil(clock: Clock, due: bigint, signal?: AbortSignal): Promise<void> {
  throwIfAborted(signal);
  for (let left = due - clock.now(); left > 0n; left = due - clock.now())
    await onceAfter(clock, toMs(left), signal);
}

/** Pause between two looks, ms. */
const lookEveryMs = 2;

/**
 * Calls `look` every `everyMs` until it returns true, for `limitMs` at most; resolves with whether it did. For the
 * few states that the kernel sends no event for: access rights that udev sets, the level of an output.
 */
export async function pollUntil(
  clock: Clock,
  limitMs: number,
  look: () => boolean | Promise<boolean>,
  everyMs = lookEveryMs,
): Promise<boolean> {
  const deadline = clock.now() + toNs(limitMs);
  while (!(await look())) {
    if (clock.now() >= deadline) return false;
    await waitUntil(clock, clock.now() + toNs(everyMs));
  }
  return true;
}
