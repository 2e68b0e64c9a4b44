import type { Clock } from '../../base/clock.ts';
import type { Profile } from '../../jest/host/profile.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** How long a run may take where `--timeout` says nothing: many times what a real board needs. */
const limits: Record<Profile, number> = { smoke: 15 * MINUTE_MS, nightly: 2 * HOUR_MS, release: 8 * HOUR_MS };

/** The time that a run may take. */
export interface TimeLimit {
  /** For people, as `2 h`. */
  readonly text: string;
  readonly isReached: boolean;
  /** Calls `listener` once when the time is over; at once when it was before. */
  onReached(listener: () => void): void;
  /** Ends the count. */
  end(): void;
}

/** Starts the count. @param ms null: the limit of the profile */
export function startTimeLimit(profile: Profile, ms: number | null, clock: Clock): TimeLimit {
  const limitMs = ms ?? limits[profile];
  const listeners = new Set<() => void>();
  let isReached = false;
  const end = clock.after(limitMs, () => {
    isReached = true;
    listeners.forEach((listener) => listener());
  });
  return {
    text: textOf(limitMs),
    get isReached() {
      return isReached;
    },
    onReached(listener) {
      if (isReached) listener();
      else listeners.add(listener);
    },
    end,
  };
}

function textOf(ms: number): string {
  for (const [unit, unitMs] of [
    ['h', HOUR_MS],
    ['min', MINUTE_MS],
  ] as const)
    if (ms % unitMs === 0) return `${ms / unitMs} ${unit}`;
  return `${ms / 1_000} s`;
}
