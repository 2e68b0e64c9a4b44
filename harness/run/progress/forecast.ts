import type { Entry, PlannedTest } from '../../../reports/record/entry.ts';
import type { Expected } from './expected.ts';

/** What is known at a moment of a run. */
export interface Outlook {
  readonly leftMs: number;
  /** The part of the expected time that lies behind the run, 0 to 1; never smaller than before. */
  readonly share: number;
}

/** Follows a run, and foretells how long it will go on. Times in ms since its start. */
export interface Forecast {
  add(entry: Entry, atMs: number): void;
  outlook(atMs: number): Outlook;
}

/** The least and the most by which a run may differ from what was expected of it. */
const PACE = { least: 0.25, most: 8 };

/** From this part of the expected time on, the run's own pace counts alone. */
const OWN_PACE_FROM = 1 / 3;

/** @param planned the tests that are to be run */
export function createForecast(planned: readonly PlannedTest[], expected: Expected): Forecast {
  const expectedMs = new Map(planned.map(({ name, file }) => [name, expected.perTestMs(file)]));
  const totalMs = [...expectedMs.values()].reduce((sum, ms) => sum + ms, expected.startMs + expected.endMs);
  let behindMs = 0;
  /** What goes on now: how long it may take, and when it began. */
  let now = { expectedMs: expected.startMs, sinceMs: 0 };
  let hasBegun = false;
  let open = expectedMs.size;

  /** What lies behind, by what was expected of it; of what goes on now no more than all of it. */
  const behindAt = (atMs: number): number =>
    behindMs + Math.min(now.expectedMs, Math.max(0, atMs - now.sinceMs));

  /** How much slower the run is than expected: by its own figures once there are enough of them. */
  function pace(): number {
    if (behindMs === 0 || totalMs === 0) return 1;
    const own = Math.min(PACE.most, Math.max(PACE.least, now.sinceMs / behindMs));
    return 1 + (own - 1) * Math.min(1, behindMs / totalMs / OWN_PACE_FROM);
  }

  return {
    add(entry, atMs) {
      if (entry.type === 'test-start') {
        if (!hasBegun) behindMs += expected.startMs;
        hasBegun = true;
        now = { expectedMs: expectedMs.get(entry.name) ?? 0, sinceMs: atMs };
      } else if (entry.type === 'test-end' && expectedMs.has(entry.name)) {
        behindMs += expectedMs.get(entry.name) ?? 0;
        expectedMs.delete(entry.name);
        open--;
        now = { expectedMs: open === 0 ? expected.endMs : 0, sinceMs: atMs };
      }
    },
    outlook(atMs) {
      const behind = behindAt(atMs);
      return {
        leftMs: Math.max(0, totalMs - behind) * pace(),
        share: totalMs === 0 ? 0 : behind / totalMs,
      };
    },
  };
}
