import type { OwnShare } from '../../../reports/record/entry.ts';
import { measureBareRoundTrips, type RoundTrip } from '../../../rigs/port/bare-round-trip.ts';
import type { Port } from '../../../rigs/port/port.ts';
import type { AtClient } from '../../at/at-client.ts';
import type { Module } from '../../bc26/module.ts';
import type { TruthBook } from '../watch/truth-book.ts';
import { compareShares, sharesOf } from './own-share.ts';

/** Round trips for the comparison with a bare serialport: a median of 40 is steady to some per cent. */
const EXCHANGES = 40;

interface Parts {
  readonly at: AtClient;
  /** Its calls end by the signal, too. */
  readonly module: Module;
  readonly port: Port;
  readonly book: TruthBook;
  readonly signal: AbortSignal;
}

/** Measures our own share of an exchange, beside a bare serialport's on the same device: closes client and port. */
export async function measureOwnShare({ at, module, port, book, signal }: Parts): Promise<OwnShare> {
  const own = await ownRoundTrips(module);
  at.close();
  await port.close();
  const { path, baud } = port;
  const bare = await measureBareRoundTrips({ path, baud, exchanges: EXCHANGES, signal });
  return compareShares(sharesOf(own, book.truths), sharesOf(bare, book.truths));
}

async function ownRoundTrips(module: Module): Promise<RoundTrip[]> {
  const trips: RoundTrip[] = [];
  while (trips.length < EXCHANGES) {
    const { timing } = await module.at('AT');
    trips.push([timing.sentAt, timing.endedAt]);
  }
  return trips;
}
