import { type Clock, toMs } from '../base/clock.ts';
import type { Exchange } from './exchange.ts';
import type { LateEnd } from './late-end.ts';
import { times } from './times.ts';

/**
 * By how much the emulated module answered later than it planned, ms. Its report may come after the answer itself, hence
 * the promise.
 * @param command the command line, latin1, without its terminator
 * @param endedAt arrival of the answer's last byte, ns
 * @param startedAt the start of the exchange's clock, ns: an emulator that reads the command late answers late, too
 */
export type DisturbanceOf = (command: string, endedAt: bigint, startedAt: bigint) => number | Promise<number>;

interface Reporting {
  /** @param lateEnd what became of the LF, if the final result came without it */
  completed(exchange: Exchange, lateEnd?: Promise<LateEnd>): void;
  /** Calls `act` once every exchange completed so far is published. */
  inTurn(act: () => void): void;
  reported(): Promise<void>;
}

/**
 * An exchange is published once it is complete: at once, as a rule; on the emulated board, when its report has come or
 * `truthMs` have passed; if the last LF is missing, when it has come or the wait for it is over.
 */
export function createReporting(
  clock: Clock,
  disturbanceOf: DisturbanceOf | undefined,
  publish: (exchange: Exchange) => void,
): Reporting {
  let waiting = 0;
  let last = Promise.resolve();

  /** The module's unplanned delay, ms; undefined if its report does not come. */
  const truthOf = async ({ command, timing }: Exchange): Promise<number | undefined> =>
    disturbanceOf
      ? withinTruthTime(clock, disturbanceOf(command, timing.endedAt, timing.startedAt))
      : Promise.resolve(0);

  const complete = async (exchange: Exchange, lateEnd?: Promise<LateEnd>): Promise<Exchange> => {
    if (!lateEnd) return disturbed(exchange, await truthOf(exchange));
    const end = await lateEnd;
    const whole = end.is === 'come' ? withLateEnd(exchange, end) : exchange;
    const truth = await truthOf(whole);
    const mayBeOurDelay = end.is === 'awaited' && end.late;
    // The line was released after `lineEndMs`: a delay of the module as long explains the missing LF.
    const mayBeItsDelay = end.is === 'awaited' && (truth === undefined || truth >= times.lineEndMs);
    return { ...disturbed(whole, truth), endInDoubt: mayBeOurDelay || mayBeItsDelay };
  };

  const queue = (act: () => Promise<void> | void): void => {
    waiting++;
    last = last.then(act).then(() => void waiting--);
  };

  return {
    completed(exchange, lateEnd) {
      if (!disturbanceOf && !lateEnd && waiting === 0) return publish(exchange);
      const account = complete(exchange, lateEnd);
      queue(async () => publish(await account));
    },
    inTurn(act) {
      if (waiting === 0) act();
      else queue(act);
    },
    reported: () => last,
  };
}

/** The clock stops at the LF. `lo` stays: the answer took at least until its CR. */
const withLateEnd = (exchange: Exchange, { at, trace }: Extract<LateEnd, { is: 'come' }>): Exchange => ({
  ...exchange,
  raw: `${exchange.raw}\n`,
  timing: { ...exchange.timing, endedAt: at, hi: toMs(at - exchange.timing.startedAt) },
  trace: [exchange.trace[0], trace],
});

/** Without the module's report the whole time may be a disturbance: then no limit counts as exceeded. */
const disturbed = (exchange: Exchange, disturbanceMs = exchange.timing.hi): Exchange => ({
  ...exchange,
  timing: { ...exchange.timing, disturbanceMs },
});

/** Undefined if the report fails or does not come in time. */
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
