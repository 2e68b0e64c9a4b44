import type { Control, Truth } from '../../../rigs/control/control.ts';
import { toMs } from '../../base/clock.ts';

/** How many answers are kept: far more than one exchange or the measurement of our own share needs. */
const MOST_KEPT = 512;
/** Both sides add the command's time on the wire to their own stamp; the results differ by fractions of a bit. */
const SAME_MOMENT_MS = 1;

/** What the emulated module reported of its answers. */
export interface TruthBook {
  readonly truths: readonly Truth[];
  /**
   * The part of the time of an answer that is not the module's, ms: its program read the command late or wrote the
   * answer later than planned, or the machine delivered it late. The report comes over another channel and may come
   * after the answer, so this waits for it.
   * @param endedAt when the answer had arrived, ns
   * @param startedAt when the command had been sent, ns
   */
  disturbanceOf(command: string, endedAt: bigint, startedAt: bigint): Promise<number>;
}

interface Waiting {
  readonly fits: (truth: Truth) => boolean;
  readonly resolve: (truth: Truth) => void;
}

const late = (actual: bigint, planned: bigint): number => Math.max(0, toMs(actual - planned));

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
    if (truths.length > MOST_KEPT) truths.shift();
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
      // A report may never come. The caller waits for a bounded time, and the promise is dropped with the session.
      const truth =
        truths.findLast(fits) ?? (await new Promise<Truth>((resolve) => waiting.add({ fits, resolve })));
      return disturbance(truth, startedAt, endedAt);
    },
  };
}
