import type { ChapterTime, RunTimes } from '../../../rigs/state/run-times.ts';

/** How long the parts of a run may take, ms. */
export interface Expected {
  /** Before the first test: the board is opened, the module brought up. */
  readonly startMs: number;
  /** After the last test: the module is put back. */
  readonly endMs: number;
  /** One test of a suite file. */
  perTestMs(file: string): number;
}

/** What a run is expected to take where no earlier one is known. */
export interface Usual {
  readonly profile: 'smoke' | 'nightly' | 'release';
  readonly emulated: boolean;
  /** How many tests the profile has. */
  readonly tests: number;
}

const MINUTE_MS = 60_000;

/** Whole runs (README, "First real board"); on a real board a reboot takes seconds, and a network has its own time. */
const usualMs: Record<'real' | 'emulated', Record<Usual['profile'], number>> = {
  emulated: { smoke: 0.5 * MINUTE_MS, nightly: 2 * MINUTE_MS, release: 5 * MINUTE_MS },
  real: { smoke: 2 * MINUTE_MS, nightly: 40 * MINUTE_MS, release: 120 * MINUTE_MS },
};

const USUAL_START_MS = 6_000;
const USUAL_END_MS = 2_000;

/** By the runs of a rig before this one, part by part the median; what they did not have, by the profile. */
export function expectedTimes(earlier: readonly RunTimes[], { profile, emulated, tests }: Usual): Expected {
  const whole = usualMs[emulated ? 'emulated' : 'real'][profile] - USUAL_START_MS - USUAL_END_MS;
  const usualTestMs = tests === 0 ? 0 : whole / tests;
  const perTest = ({ ms, tests: n }: ChapterTime): number => ms / n;
  return {
    startMs: median(earlier.map(({ startMs }) => startMs)) ?? USUAL_START_MS,
    endMs: median(earlier.map(({ endMs }) => endMs)) ?? USUAL_END_MS,
    perTestMs: (file) =>
      median(
        earlier.flatMap(({ chapters }) => {
          const chapter = chapters[file];
          return chapter ? [perTest(chapter)] : [];
        }),
      ) ?? usualTestMs,
  };
}

function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const high = sorted[middle];
  const low = sorted[sorted.length % 2 === 0 ? middle - 1 : middle];
  return high === undefined || low === undefined ? undefined : (low + high) / 2;
}
