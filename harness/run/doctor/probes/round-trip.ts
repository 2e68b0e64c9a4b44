import { hasCode } from '../../../base/error.ts';
import { brokenBy } from '../findings/broken-by.ts';
import { type Finding, note, warning } from '../findings/finding.ts';
import type { ProbeContext } from './probe-context.ts';

/** Enough for a median and a worst case; takes about 2 s on a real module. */
const EXCHANGES = 50;
/** The AT manual's longest response time (BC26.md §2). */
const LONGEST_MS = 300;
/** Bytes read later than this make many verdicts near a limit inconclusive. Node's own worst was measured at 4.7 ms. */
const LATE_MS = 5;

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;

/** Findings about the round trips (ms) and about how late this program may have read their ends (ms). */
export function judgeRoundTrips(tripMs: readonly number[], latenessMs: readonly number[]): Finding[] {
  const trips = [...tripMs].sort((a, b) => a - b);
  const late = quantile(
    [...latenessMs].sort((a, b) => a - b),
    0.95,
  );
  const shown = [0.5, 0.95, 1].map((share) => quantile(trips, share).toFixed(1));
  const [median, p95, most] = shown;
  const findings = [
    note(
      'round-trip',
      `AT is answered in ${median} ms (median of ${trips.length}), 95 % within ${p95}, longest ${most}`,
    ),
  ];
  if (quantile(trips, 1) > LONGEST_MS) {
    findings.push(
      warning(
        'round-trip',
        `an answer to AT took ${most} ms, more than the ${LONGEST_MS} the AT manual gives`,
        'the module may sleep between commands, or the adapter or this machine is overloaded',
      ),
    );
  }
  if (late > LATE_MS) {
    findings.push(
      warning(
        'lateness',
        `this machine may read an answer late (95 % within ${late.toFixed(1)} ms): answers near a time limit cannot be judged`,
        'end other programs; a Pi slows down when it is hot or its supply is weak (vcgencmd get_throttled)',
      ),
    );
  }
  return findings;
}

/** Sends bare `AT`s, one after the other. @throws ABORTED */
export async function roundTrip({ bench, figures, signal }: ProbeContext): Promise<Finding[]> {
  const lateness: number[] = [];
  try {
    while (figures.roundTripMs.length < EXCHANGES) {
      const { timing } = await bench.at.send('AT', { signal });
      figures.roundTripMs.push(timing.hi);
      lateness.push(timing.latenessMs);
    }
    return judgeRoundTrips(figures.roundTripMs, lateness);
  } catch (error) {
    if (hasCode(error, 'ABORTED')) throw error;
    return [brokenBy('round-trip', error, 'see in the trace what came instead')];
  }
}
