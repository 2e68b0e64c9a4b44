import type { Cancel, Clock } from '../base/clock.ts';

/** Network time, s, from 0 on. */
export interface NetworkTime {
  now(): number;
  /** Calls `fn` once, when `now()` has reached `due` (s). */
  at(due: number, fn: () => void): Cancel;
}

/** @param factor network seconds per second of the clock */
export function networkTime(clock: Clock, factor: number): NetworkTime {
  const origin = clock.now();
  return {
    now: () => (Number(clock.now() - origin) / 1e9) * factor,
    at: (due, fn) => clock.at(origin + BigInt(Math.ceil((due / factor) * 1e9)), fn),
  };
}
