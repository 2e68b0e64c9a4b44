import type { Clock } from '../base/clock.ts';
import type { Exchange } from './exchange.ts';
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
  completed(exchange: Exchange): void;
  reported(): Promise<void>;
}

/** Without a truth to wait for exchanges are handed on at once; with one, when it is known or `truthMs` have passed. */
export function createReporting(
  clock: Clock,
  disturbanceOf: DisturbanceOf | undefined,
  publish: (exchange: Exchange) => void,
): Reporting {
  if (!disturbanceOf) return { completed: publish, reported: () => Promise.resolve() };
  let last = Promise.resolve();
  return {
    completed(exchange) {
      const { command, timing } = exchange;
      const truth = withinTruthTime(clock, disturbanceOf(command, timing.endedAt, timing.startedAt));
      last = last.then(async () => publish(disturbed(exchange, await truth)));
    },
    reported: () => last,
  };
}

const disturbed = (exchange: Exchange, disturbanceMs: number): Exchange => ({
  ...exchange,
  timing: { ...exchange.timing, disturbanceMs },
});

/** A truth that fails or never comes leaves the exchange undisturbed: the module is judged as it was seen. */
function withinTruthTime(clock: Clock, truth: number | Promise<number>): Promise<number> {
  return new Promise((resolve) => {
    const cancel = clock.after(times.truthMs, () => resolve(0));
    const settle = (disturbanceMs: number): void => {
      cancel();
      resolve(disturbanceMs);
    };
    Promise.resolve(truth).then(settle, () => settle(0));
  });
}
