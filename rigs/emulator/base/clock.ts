/** Ends a timer early; calling it again, or after it fired, does nothing. */
export type Cancel = () => void;

/** Where the emulated module's time comes from; tests bring their own (manual-clock.ts). */
export interface Clock {
  /** Monotonic nanoseconds, comparable with those of other processes of this machine (process.hrtime). */
  now(): bigint;
  /** Calls `fn` once, when `now()` has reached `due` (ns) and never before; later by up to a timer's tick. */
  at(due: bigint, fn: () => void): Cancel;
}

/** Milliseconds as whole nanoseconds. */
export const msToNs = (ms: number): bigint => BigInt(Math.round(ms * 1e6));

/** The longest time Node's timers count, ms; beyond it they fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => process.hrtime.bigint(),
  at(due, fn) {
    let timer: NodeJS.Timeout;
    // Node counts whole milliseconds from a time cached per turn of its loop, so a timer can fire early: look, and wait again.
    const wait = (): void => {
      const left = due - process.hrtime.bigint();
      timer = setTimeout(
        () => (process.hrtime.bigint() >= due ? fn() : wait()),
        Math.min(Math.ceil(Number(left) / 1e6), LONGEST_TIMER_MS),
      );
    };
    wait();
    return () => clearTimeout(timer);
  },
};
