/** Ends a timer early; does nothing after it fired. */
export type Cancel = () => void;

/** The source of the emulated module's time; tests use manual-clock.fixture.ts. */
export interface Clock {
  /** Monotonic nanoseconds, comparable with those of other processes of this machine (process.hrtime). */
  now(): bigint;
  /** Calls `fn` once, never before `now()` has reached `due` (ns), and up to a timer's tick later. */
  at(due: bigint, fn: () => void): Cancel;
}

export const msToNs = (ms: number): bigint => BigInt(Math.round(ms * 1e6));

/** Node's longest timer, ms; a longer one fires at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => process.hrtime.bigint(),
  at(due, fn) {
    let timer: NodeJS.Timeout;
    // Node counts whole milliseconds from a time it caches per turn of its loop, so a timer can fire early: check and wait again.
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
