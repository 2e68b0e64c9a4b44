import type { Control, Truth } from '../../../rigs/control/control.ts';
import { toMs } from '../../base/clock.ts';

/** How many answers are remembered: far more than one exchange and the own-share measurement need. */
const REMEMBERED = 512;
/** Both sides count the command's time on the wire from stamps of their own: their sums differ by fractions of a bit. */
const SAME_MOMENT_MS = 1;

/** What the emulated module said of its answers. */
export interface TruthBook {
  readonly truths: readonly Truth[];
  /**
   * By how much the answer to `command`, sent by `startedAt` and arrived at `endedAt`, was not the module's
   * doing, ms: its program read the command late, wrote the answer later than planned, or the machine was late to
   * bring what was written. Its account comes over another channel and may come after the answer: hence the promise.
   */
  disturbanceOf(command: string, endedAt: bigint, startedAt: bigint): Promise<number>;
}

interface Waiting {
  readonly fits: (truth: Truth) => boolean;
  readonly resolve: (truth: Truth) => void;
}

const late = (actual: bigint, planned: bigint): number => Math.max(0, toMs(actual - planned));

/** Read late: the program's stamp of having the command is behind the wire's own pace. */
const disturbance = (
  { receivedAt, lastAt, plannedLastAt }: Truth,
  startedAt: bigint,
  endedAt: bigint,
): number => late(receivedAt, startedAt) + late(lastAt, plannedLastAt) + late(endedAt, lastAt);

export function keepTruths(control: Pick<Control, 'onTruth'>): TruthBook {
  const truths: Truth[] = [];
  const waiting = new Set<Waiting>();
  control.onTruth((truth) => {
    truths.push(truth);
    if (truths.length > REMEMBERED) truths.shift();
    for (const wait of waiting) {
      if (!wait.fits(truth)) continue;
      waiting.delete(wait);
      wait.resolve(truth);
    }
  });
  return {
    truths,
    async disturbanceOf(command, endedAt, startedAt) {
      const fits = (truth: Truth): boolean =>
        truth.command === command &&
        truth.lastAt <= endedAt &&
        toMs(startedAt - truth.receivedAt) < SAME_MOMENT_MS;
      // Whoever asks waits for a bounded time only; what never comes is dropped with the session.
      const truth =
        truths.findLast(fits) ?? (await new Promise<Truth>((resolve) => waiting.add({ fits, resolve })));
      return disturbance(truth, startedAt, endedAt);
    },
  };
}
