import { type Clock, toMs } from '../base/clock.ts';
import type { Exchange } from './exchange.ts';
import type { LateEnd } from './late-end.ts';
import { times } from './times.ts';

/**
 * Says by how much the emulated module answered later than it planned, ms; on other boards there is none. Its
 * account of an answer may come after the answer itself, hence the promise.
 * @param command the command line, latin1, without its terminator
 * @param endedAt arrival of the answer's last byte, ns
 * @param startedAt the start of the exchange's clock, ns: an emulator that read the command late answers late, too
 */
export type DisturbanceOf = (command: string, endedAt: bigint, startedAt: bigint) => number | Promise<number>;

/** Hands completed exchanges on, in their order. */
interface Reporting {
  /** @param lateEnd what became of the LF, where the final result came without */
  completed(exchange: Exchange, lateEnd?: Promise<LateEnd>): void;
  /** Calls `tell` once every exchange completed so far has been handed on. */
  inTurn(tell: () => void): void;
  reported(): Promise<void>;
}

/**
 * Exchanges are handed on when all is known of them: at once, as a rule; where there is a truth to wait for, when
 * it is known or `truthMs` have passed; where an answer lacks its last LF, when that has come or will not.
 */
export function createReporting(
  clock: Clock,
  disturbanceOf: DisturbanceOf | undefined,
  publish: (exchange: Exchange) => void,
): Reporting {
  let waiting = 0;
  let last = Promise.resolve();

  /** Undefined when nobody knows. */
  const truthOf = async ({ command, timing }: Exchange): Promise<number | undefined> =>
    disturbanceOf
      ? withinTruthTime(clock, disturbanceOf(command, timing.endedAt, timing.startedAt))
      : Promise.resolve(0);

  const accountOf = async (exchange: Exchange, lateEnd?: Promise<LateEnd>): Promise<Exchange> => {
    if (!lateEnd) return disturbed(exchange, await truthOf(exchange));
    const end = await lateEnd;
    const whole = end.is === 'come' ? withLateEnd(exchange, end) : exchange;
    const truth = await truthOf(whole);
    const ownDoubt = end.is === 'awaited' && end.late;
    // Half a line end was let go after `lineEndMs`: a delay as long is enough to explain it.
    const itsDoubt = end.is === 'awaited' && (truth === undefined || truth >= times.lineEndMs);
    return { ...disturbed(whole, truth), endInDoubt: ownDoubt || itsDoubt };
  };

  const queue = (tell: () => Promise<void> | void): void => {
    waiting++;
    last = last.then(tell).then(() => void waiting--);
  };

  return {
    completed(exchange, lateEnd) {
      if (!disturbanceOf && !lateEnd && waiting === 0) return publish(exchange);
      const account = accountOf(exchange, lateEnd);
      queue(async () => publish(await account));
    },
    inTurn(tell) {
      if (waiting === 0) tell();
      else queue(tell);
    },
    reported: () => last,
  };
}

/** The clock stops at the LF. `lo` stays: the answer took no less than to its CR. */
const withLateEnd = (exchange: Exchange, { at, trace }: Extract<LateEnd, { is: 'come' }>): Exchange => ({
  ...exchange,
  raw: `${exchange.raw}\n`,
  timing: { ...exchange.timing, endedAt: at, hi: toMs(at - exchange.timing.startedAt) },
  trace: [exchange.trace[0], trace],
});

/** Where an account was due and none came, all of the time may be a disturbance: nothing is over beyond doubt. */
const disturbed = (exchange: Exchange, disturbanceMs = exchange.timing.hi): Exchange => ({
  ...exchange,
  timing: { ...exchange.timing, disturbanceMs },
});

/** Undefined when the truth fails, or has not come in time. */
function withinTruthTime(clock: Clock, truth: number | Promise<number>): Promise<number | undefined> {
  return new Promise((resolve) => {
    const cancel = clock.after(times.truthMs, () => resolve(undefined));
    const settle = (disturbanceMs: number | undefined): void => {
      cancel();
      resolve(disturbanceMs);
    };
    Promise.resolve(truth).then(settle, () => settle(undefined));
  });
}
