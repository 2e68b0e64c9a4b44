/** Ends a timer early; calling it twice, or after the timer fired, does nothing. */
export type Cancel = () => void;

/** Where time comes from. Everything that waits takes one, so that tests need not sleep. */
export interface Clock {
  /** Monotonic nanoseconds; comparable between processes of one Linux machine (process.hrtime). */
  now(): bigint;
  /** Calls `fn` once after `ms` milliseconds of this clock. */
  after(ms: number, fn: () => void): Cancel;
}

export const systemClock: Clock = {
  now: () => process.hrtime.bigint(),
  after(ms, fn) {
    const timer = setTimeout(fn, ms);
    return () => clearTimeout(timer);
  },
};

/** Nanoseconds as milliseconds, for people and for limits. */
export const toMs = (ns: bigint): number => Number(ns) / 1e6;

/** Milliseconds as whole nanoseconds. */
export const toNs = (ms: number): bigint => BigInt(Math.round(ms * 1e6));
