import type { ExchangeFacts } from './entry.ts';
import type { Latency } from './record.ts';

/**
 * The value at a percentile by nearest rank: always a measured value, never interpolated.
 * @param sorted ascending, at least one
 */
export const percentile = (sorted: readonly number[], percent: number): number =>
  sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;

/** @param durations ms, at least one, in any order */
export function latencyOf(durations: readonly number[]): Latency {
  const sorted = [...durations].sort((a, b) => a - b);
  return {
    n: sorted.length,
    p50: percentile(sorted, 50),
    p95: percentile(sorted, 95),
    p99: percentile(sorted, 99),
    max: percentile(sorted, 100),
  };
}

/** Collects the durations of a run's exchanges by form of the command; shown, never judged. */
interface LatencyBook {
  add(exchange: ExchangeFacts): void;
  latency(): Record<string, Latency>;
}

export function createLatencyBook(): LatencyBook {
  const durations = new Map<string, number[]>();
  return {
    add({ form, hi }) {
      const known = durations.get(form);
      if (known) known.push(hi);
      else durations.set(form, [hi]);
    },
    latency: () => Object.fromEntries([...durations].map(([form, all]) => [form, latencyOf(all)])),
  };
}
