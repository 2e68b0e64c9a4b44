import { type Cancel, type Clock, toMs } from '../../base/clock.ts';
import { HilError } from '../../base/error.ts';

/** A test's abort, and why. */
export interface TestAbort {
  readonly signal: AbortSignal;
  abort(reason: HilError): void;
}

export function createTestAbort(): TestAbort {
  const controller = new AbortController();
  return { signal: controller.signal, abort: (reason) => controller.abort(reason) };
}

/**
 * Runs a wait that has a limit of its own, while the test's deadline stands still: a rig that is slow, such as a
 * network that is not found, is then told by that limit and not blamed on the module.
 */
export type OffTheClock = <T>(wait: () => Promise<T>) => Promise<T>;

/**
 * Runs a body until it settles or is aborted, by its own deadline or from outside. The body cannot be
 * stopped (nor can Jest stop one): its module's calls reject from then on, and what it still throws is
 * nobody's.
 * @param body gets what stops its deadline for a while
 * @throws what the body throws, or the abort's reason (CLAUSE_DEADLINE, ABORTED, PORT_GONE…)
 */
export async function withDeadline(
  body: (offTheClock: OffTheClock) => Promise<void>,
  { clock, deadlineMs, abort }: { clock: Clock; deadlineMs: number; abort: TestAbort },
): Promise<void> {
  const timer = startTimer(clock, deadlineMs, () => {
    abort.abort(
      new HilError('CLAUSE_DEADLINE', `the test was not through within ${deadlineMs / 1000} s`, {
        remedy: 'the exchanges above show where the time went',
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

/** A timer that can stand still. */
function startTimer(clock: Clock, ms: number, fire: () => void): { offTheClock: OffTheClock; end(): void } {
  let leftMs = ms;
  let since = clock.now();
  let cancel: Cancel = clock.after(ms, fire);
  let waits = 0;
  let ended = false;

  function hold(): void {
    if (waits++ > 0) return;
    cancel();
    leftMs -= toMs(clock.now() - since);
  }

  function goOn(): void {
    if (--waits > 0 || ended) return;
    since = clock.now();
    cancel = clock.after(Math.max(0, leftMs), fire);
  }

  return {
    async offTheClock(wait) {
      hold();
      try {
        return await wait();
      } finally {
        goOn();
      }
    },
    end() {
      ended = true;
      cancel();
    },
  };
}
