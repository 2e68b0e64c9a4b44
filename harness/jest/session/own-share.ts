import type { OwnShare } from '../../../reports/record/entry.ts';
import type { Truth } from '../../../rigs/control/control.ts';
import type { RoundTrip } from '../../../rigs/port/bare-round-trip.ts';
import { toMs } from '../../base/clock.ts';

/**
 * What a round trip took beyond what the module took for it: from our stamp before the write to the module
 * having read the command, and from the module having written the answer's last byte to our stamp at its
 * arrival. ms.
 */
const ownShareOf = ([sentAt, endedAt]: RoundTrip, truth: Truth): number =>
  toMs(truth.readAt - sentAt + (endedAt - truth.lastAt));

/** @param values at least one */
function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

/** Pairs each round trip with the module's truth about the answer that came within it. */
export function sharesOf(trips: readonly RoundTrip[], truths: readonly Truth[]): number[] {
  return trips.flatMap((trip) => {
    const truth = truths.find(({ readAt, lastAt }) => readAt >= trip[0] && lastAt <= trip[1]);
    return truth ? [ownShareOf(trip, truth)] : [];
  });
}

/** Our own share of an exchange beside that of a bare serialport, on the same module in the same run. */
export function compareShares(own: readonly number[], bare: readonly number[]): OwnShare {
  if (own.length === 0 || bare.length === 0) {
    return { measurable: false, reason: 'no exchange could be paired with what the module says of it' };
  }
  const medianMs = median(own);
  const bareMedianMs = median(bare);
  return { measurable: true, exchanges: own.length, medianMs, bareMedianMs, ratio: medianMs / bareMedianMs };
}
