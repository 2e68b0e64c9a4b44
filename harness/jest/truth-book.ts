import { toMs } from '../base/clock.ts';
import type { Control, Truth } from '../../rigs/control/control.ts';

/** How many answers are remembered: far more than one exchange and the own-share measurement need. */
const REMEMBERED = 512;
/** An answer's last byte is with us this soon after it was written; an older one belongs to an earlier command. */
const ARRIVED_WITHIN_MS = 250;

/** What the emulated module said of its answers. */
export interface TruthBook {
  readonly truths: readonly Truth[];
  /**
   * By how much the answer to `command`, sent by `startedAt` and arrived at `endedAt`, was not the module's
   * doing, ms: it read the command late, or wrote the answer later than planned. Its account comes over
   * another channel and may come after the answer: hence the promise.
   */
  disturbanceOf(command: string, endedAt: bigint, startedAt: bigint): Promise<number>;
}

interface Waiting {
  readonly fits: (truth: Truth) => boolean;
  readonly resolve: (truth: Truth) => void;
}

const late = (actual: bigint, planned: bigint): number => Math.max(0, toMs(actual - planned));

/** Read late: the program's stamp of having the command is behind the wire's own pace. */
const disturbance = ({ receivedAt, lastAt, plannedLastAt }: Truth, startedAt: bigint): number =>
  late(receivedAt, startedAt) + late(lastAt, plannedLastAt);

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
        toMs(endedAt - truth.lastAt) < ARRIVED_WITHIN_MS;
      // Whoever asks waits for a bounded time only; what never comes is dropped with the session.
      const truth =
        truths.findLast(fits) ?? (await new Promise<Truth>((resolve) => waiting.add({ fits, resolve })));
      return disturbance(truth, startedAt);
    },
  };
}
