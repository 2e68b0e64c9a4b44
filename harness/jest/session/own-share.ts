import type { OwnShare } from '../../../reports/record/entry.ts';
import type { Truth } from '../../../rigs/control/control.ts';
import { measureBareRoundTrips, type RoundTrip } from '../../../rigs/port/bare-round-trip.ts';
import type { Port } from '../../../rigs/port/port.ts';
import type { AtClient } from '../../at/at-client.ts';
import { toMs } from '../../base/clock.ts';
import { hasCode } from '../../base/error.ts';
import type { Module } from '../../bc26/module.ts';
import { askedTwice } from '../../bc26/patience.ts';
import type { TruthBook } from '../watch/truth-book.ts';

/** Round trips of each kind: a median of 40 is stable to a few per cent. */
const EXCHANGES = 40;

interface Parts {
  readonly at: AtClient;
  /** Its calls also end when `signal` aborts. */
  readonly module: Module;
  readonly port: Port;
  readonly book: TruthBook;
  readonly signal: AbortSignal;
}

/**
 * Measures our own share of an exchange, and that of a bare serialport on the same device for comparison. Closes client
 * and port.
 */
export async function measureOwnShare({ at, module, port, book, signal }: Parts): Promise<OwnShare> {
  const own = await ownRoundTrips(module);
  // The last answer has ended, its LF included: the bare port would talk into it.
  await at.reported();
  at.close();
  await port.close();
  try {
    const { path, baud } = port;
    const bare = await measureBareRoundTrips({ path, baud, exchanges: EXCHANGES, signal });
    return compareShares(sharesOf(own, book.truths), sharesOf(bare, book.truths));
  } catch (error) {
    // The client would have asked again; the bare port cannot, so this is no finding about the module.
    if (!hasCode(error, 'AT_TIMEOUT')) throw error;
    return { measurable: false, reason: `serialport alone: ${error.message}` };
  }
}

async function ownRoundTrips(module: Module): Promise<RoundTrip[]> {
  const trips: RoundTrip[] = [];
  while (trips.length < EXCHANGES) {
    const { timing } = await askedTwice(() => module.at('AT'));
    trips.push([timing.sentAt, timing.endedAt]);
  }
  return trips;
}

/** Pairs each round trip with the module's report of the answer within it, and returns the shares, ms. */
export function sharesOf(trips: readonly RoundTrip[], truths: readonly Truth[]): number[] {
  return trips.flatMap((trip) => {
    const truth = truths.find(({ readAt, lastAt }) => readAt >= trip[0] && lastAt <= trip[1]);
    return truth ? [shareOf(trip, truth)] : [];
  });
}

/**
 * The part of a round trip that is not the module's, ms: from our stamp before the write until the module has read the
 * command, and from the module's write of the answer's last byte until our stamp of its arrival.
 */
const shareOf = ([sentAt, endedAt]: RoundTrip, truth: Truth): number =>
  toMs(truth.readAt - sentAt + (endedAt - truth.lastAt));

/** Compares our own shares with those of a bare serialport by their medians. */
export function compareShares(own: readonly number[], bare: readonly number[]): OwnShare {
  if (own.length === 0 || bare.length === 0) {
    return { measurable: false, reason: 'no exchange could be paired with a report of the module' };
  }
  const medianMs = median(own);
  const bareMedianMs = median(bare);
  return { measurable: true, exchanges: own.length, medianMs, bareMedianMs, ratio: medianMs / bareMedianMs };
}

/** @param values at least one */
function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}
