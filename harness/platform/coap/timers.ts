import type { Cancel, Clock } from '../../base/clock.ts';

export interface Timers {
  /** Calls `fn` after `ms`, or at once if `ms` is 0. */
  after(ms: number, fn: () => void): Cancel;
  /** Cancels all timers. Timers that are set later never fire. */
  close(): void;
}

export function createTimers(clock: Clock): Timers {
  const pending = new Set<Cancel>();
  let closed = false;
  return {
    after(ms, fn) {
      if (closed) return () => undefined;
      if (ms <= 0) {
        fn();
        return () => undefined;
      }
      const stop = clock.after(ms, () => {
        pending.delete(cancel);
        fn();
      });
      const cancel = (): void => {
        pending.delete(cancel);
        stop();
      };
      pending.add(cancel);
      return cancel;
    },
    close() {
      closed = true;
      [...pending].forEach((cancel) => cancel());
    },
  };
}
