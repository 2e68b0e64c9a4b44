/**
 * Timers for waits on the line. A timer fires before the event loop looks at what has arrived. So when a timer
 * fired late, the bytes the kernel already holds are read first, and may cancel it.
 */
import { type Cancel, type Clock, toMs, toNs } from '../base/clock.ts';
import { times } from './times.ts';

/** Calls `then` after `ms`; `readBackMs` later when the event loop was late. */
export function atDeadline(clock: Clock, ms: number, then: () => void): Cancel {
  const askedAt = clock.now();
  let cancel: Cancel = clock.after(ms, () => {
    const lateMs = toMs(clock.now() - askedAt) - ms;
    if (lateMs <= times.readBackMs) then();
    else cancel = clock.after(times.readBackMs, then);
  });
  return () => cancel();
}

interface Silence {
  readonly clock: Clock;
  /** Arrival of the last byte, ns. */
  readonly lastAt: () => bigint;
}

/**
 * Calls `then` once nothing has arrived for `ms`, counted from the last byte or from `from` (ns), whichever is
 * later. Never calls it before it has returned.
 */
export function whenQuiet({ clock, lastAt }: Silence, ms: number, from: bigint, then: () => void): Cancel {
  let cancel: Cancel = () => {};

  const due = (): bigint => {
    const last = lastAt();
    return (last > from ? last : from) + toNs(ms);
  };

  const sleep = (remaining: bigint): void => {
    const askedAt = clock.now();
    cancel = clock.after(Math.ceil(toMs(remaining)), () => {
      const lateMs = toMs(clock.now() - askedAt - remaining);
      if (lateMs <= times.readBackMs) check();
      else cancel = clock.after(times.readBackMs, check);
    });
  };

  const check = (): void => {
    const remaining = due() - clock.now();
    if (remaining <= 0n) then();
    else sleep(remaining);
  };

  // The caller must hold the returned function before `then` runs, so even a silence that is over waits for a timer.
  const remaining = due() - clock.now();
  if (remaining > 0n) sleep(remaining);
  else cancel = clock.after(0, check);
  return () => cancel();
}

/**
 * Calls `then` when no byte has come for `ms`. The caller cancels when the next bytes come.
 * @param then is told whether the event loop was late meanwhile
 */
export function whenNothingCame(clock: Clock, ms: number, then: (late: boolean) => void): Cancel {
  let cancel: Cancel = () => {};
  const wait = (stepMs: number, next: (late: boolean) => void): void => {
    const askedAt = clock.now();
    cancel = clock.after(stepMs, () => next(toMs(clock.now() - askedAt) - stepMs > times.readBackMs));
  };
  wait(ms, (late) => wait(times.readBackMs, (again) => then(late || again)));
  return () => cancel();
}
