import { hasCode } from '../../../base/error.ts';
import { brokenBy } from '../findings/broken-by.ts';
import { type Finding, note, warning } from '../findings/finding.ts';
import type { Patient } from './probe-context.ts';

/** Enough for a median and a worst case; two seconds on metal. */
const exchanges = 50;
/** The AT manual's longest response time (BC26.md §2). */
const longestMs = 300;
/** An own lateness beyond this makes many verdicts near a limit inconclusive (stack.md: the worst of Node was 4.7 ms). */
const lateMs = 5;

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;

/** The figures of round trips (ms) and of our own lateness in them (ms), as findings. */
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
      `AT is answered in ${median} ms (median of ${trips.length}), p95 ${p95}, longest ${most}`,
    ),
  ];
  if (quantile(trips, 1) > longestMs) {
    findings.push(
      warning(
        'round-trip',
        `an answer to AT took ${most} ms, more than the ${longestMs} the AT manual gives`,
        'is the module asleep between commands, or the adapter or machine overloaded?',
      ),
    );
  }
  if (late > lateMs) {
    findings.push(
      warning(
        'lateness',
        `this machine may read bytes up to ${late.toFixed(1)} ms late (p95): answers near a limit cannot be judged`,
        'end what else runs on it; a Pi throttles when hot or underfed (vcgencmd get_throttled)',
      ),
    );
  }
  return findings;
}

/** Sends bare `AT`s, one after the other. @throws ABORTED */
export async function roundTrip({ bench, figures, signal }: Patient): Promise<Finding[]> {
  const lateness: number[] = [];
  try {
    while (figures.roundTripMs.length < exchanges) {
      const { timing } = await bench.at.send('AT', { signal });
      figures.roundTripMs.push(timing.hi);
      lateness.push(timing.latenessMs);
    }
    return judgeRoundTrips(figures.roundTripMs, lateness);
  } catch (error) {
    if (hasCode(error, 'ABORTED')) throw error;
    const elsewise = 'look at the trace: what came instead?';
    return [brokenBy('round-trip', error, elsewise)];
  }
}
