import { HilError } from '../base/error.ts';
import type { Clock } from '../base/clock.ts';

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
 * Runs a body until it settles or is aborted, by its own deadline or from outside. The body cannot be
 * stopped (nor can Jest stop one): its module's calls reject from then on, and what it still throws is
 * nobody's.
 * @throws what the body throws, or the abort's reason (CLAUSE_DEADLINE, ABORTED, PORT_GONE…)
 */
export async function withDeadline(
  body: () => Promise<void>,
  { clock, deadlineMs, abort }: { clock: Clock; deadlineMs: number; abort: TestAbort },
): Promise<void> {
  const cancel = clock.after(deadlineMs, () => {
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
    await Promise.race([body(), aborted]);
  } finally {
    cancel();
    abort.signal.removeEventListener('abort', stop);
  }
}
