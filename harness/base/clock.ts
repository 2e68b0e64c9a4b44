/** Ends a timer early. A second call, or one after the timer fired, does nothing. */
export type Cancel = () => void;

/** The source of time. Everything that waits takes a clock, so that tests need not sleep. */
export interface Clock {
  /** Monotonic nanoseconds, comparable between the processes of one Linux machine. */
  now(): bigint;
  /** Calls `fn` once after `ms` of this clock. */
  after(ms: number, fn: () => void): Cancel;
}

export const systemClock: Clock = {
  now: () => process.hrtime.bigint(),
  after(ms, fn) {
    const timer = setTimeout(fn, ms);
    return () => clearTimeout(timer);
  },
};

export const toMs = (ns: bigint): number => Number(ns) / 1e6;

export const toNs = (ms: number): bigint => BigInt(Math.round(ms * 1e6));
