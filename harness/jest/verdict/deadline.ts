import { type Cancel, type Clock, toMs } from '../../base/clock.ts';
import { HilError } from '../../base/error.ts';

/** Ends a test, with the reason. */
export interface TestAbort {
  readonly signal: AbortSignal;
  abort(reason: HilError): void;
}

export function createTestAbort(): TestAbort {
  const controller = new AbortController();
  return { signal: controller.signal, abort: (reason) => controller.abort(reason) };
}

/**
 * Runs a wait that has a limit of its own, while the test's deadline stands still. So a slow rig, such as a network
 * that is not found, fails by that limit and is not blamed on the module.
 */
export type OffTheClock = <T>(wait: () => Promise<T>) => Promise<T>;

/**
 * Runs a body until it settles or is aborted, by its own deadline or from outside. An aborted body goes on (Jest cannot
 * stop one either), but every call of its module rejects, and what it throws then is ignored.
 * @throws what the body throws, or the abort's reason (CLAUSE_DEADLINE, ABORTED, PORT_GONE…)
 */
export async function withDeadline(
  body: (offTheClock: OffTheClock) => Promise<void>,
  { clock, deadlineMs, abort }: { clock: Clock; deadlineMs: number; abort: TestAbort },
): Promise<void> {
  const timer = startTimer(clock, deadlineMs, () => {
    abort.abort(
      new HilError('CLAUSE_DEADLINE', `the test took longer than ${deadlineMs / 1000} s`, {
        remedy: 'the exchanges above show what took so long',
      }),
    );
  });
  let stop: () => void = () => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    // The reason is always a HilError: abort() takes nothing else.
    stop = () => reject(abort.signal.reason as HilError);
    abort.signal.addEventListener('abort', stop, { once: true });
  });
  try {
    await Promise.race([body(timer.offTheClock), aborted]);
  } finally {
    timer.end();
    abort.signal.removeEventListener('abort', stop);
  }
}

/** A timer that can be paused. */
function startTimer(clock: Clock, ms: number, fire: () => void): { offTheClock: OffTheClock; end(): void } {
  let leftMs = ms;
  let since = clock.now();
  let cancel: Cancel = clock.after(ms, fire);
  let waits = 0;
  let ended = false;

  function pause(): void {
    if (waits++ > 0) return;
    cancel();
    leftMs -= toMs(clock.now() - since);
  }

  function resume(): void {
    if (--waits > 0 || ended) return;
    since = clock.now();
    cancel = clock.after(Math.max(0, leftMs), fire);
  }

  return {
    async offTheClock(wait) {
      pause();
      try {
        return await wait();
      } finally {
        resume();
      }
    },
    end() {
      ended = true;
      cancel();
    },
  };
}
