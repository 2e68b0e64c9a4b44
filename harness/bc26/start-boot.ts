import { toMs } from '../base/clock.ts';
import type { Bench } from './bench.ts';
import { abortError, pause } from './pause.ts';

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

/** A shorter wait is not worth a word, ms. */
const worthSayingMs = 1_000;

/**
 * Waits until the module may be booted again: `rebootIntervalMs` after its last boot began. The wait is the rig's, so
 * callers take it off the clock of what is judged. It is noted, and told to people.
 * @returns undefined where it may be booted at once
 * @throws ABORTED
 */
export function untilRebootAllowed(bench: Bench, signal?: AbortSignal): Promise<void> | undefined {
  const { clock, learned, say, timing, trace } = bench;
  if (learned.bootedAt === undefined) return undefined;
  const waitMs = timing.rebootIntervalMs - toMs(clock.now() - learned.bootedAt);
  if (waitMs <= 0) return undefined;
  const text = `waiting ${(waitMs / 1_000).toFixed(1)} s before the next reboot (module.rebootIntervalMs)`;
  trace.write('note', clock.now(), { kind: 'reboot-interval', text });
  learned.rebootWaitsMs.push(waitMs);
  if (waitMs >= worthSayingMs) say?.(text);
  return pause(clock, waitMs, signal);
}

/** Keeps the moment of a boot that was started, ns, for modules that print no boot text. */
export function bootStarted({ learned }: Pick<Bench, 'learned'>, at: bigint): void {
  if (learned.bootedAt === undefined || learned.bootedAt < at) learned.bootedAt = at;
}
