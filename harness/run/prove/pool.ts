/** How many actions may go on at once, as what they did shows. */
export interface Pace {
  /** At least 1. */
  readonly together: number;
  /** Whether the machine bears one more beside those that go on. */
  readonly fits: boolean;
  /** @param disturbed whether an action was disturbed by those beside it */
  seen(disturbed: boolean): void;
}

/** Undisturbed actions after which one more may go on beside them. */
const CALM = 8;

/** Memory that one action may take, bytes: three processes of Node, 400 MB the greatest. */
const MEMORY = 700e6;

/**
 * A pace that watches its own effect: runs that are too many delay each other's answers, which then cannot be judged.
 * Those beyond the processors do; a run that is disturbed by something else would not be calmer with fewer beside it.
 * @param most the greatest number of actions at once
 * @param processors of the machine: as many go on in any case
 * @param freeBytes the machine's free memory: one more action is not started where it would not fit
 */
export function createPace(most: number, processors: number, freeBytes: () => number): Pace {
  const least = Math.min(most, processors);
  let together = most;
  let calm = 0;
  return {
    get together() {
      return together;
    },
    get fits() {
      return freeBytes() >= MEMORY;
    },
    seen(disturbed) {
      calm = disturbed ? 0 : calm + 1;
      if (disturbed) together = Math.max(least, together - 1);
      if (calm < CALM) return;
      calm = 0;
      together = Math.min(most, together + 1);
    },
  };
}

/**
 * Starts an action for each item in order, as many at once as the pace allows. Settles when all have ended; none is
 * started after an abort.
 * @throws what the first failed action threw, once the others have ended
 */
export async function runPaced<T>(
  items: readonly T[],
  pace: Pick<Pace, 'together'> & Partial<Pick<Pace, 'fits'>>,
  signal: AbortSignal,
  act: (item: T) => Promise<void>,
): Promise<void> {
  const queue = [...items];
  const running = new Set<Promise<void>>();
  let failure: { error: unknown } | undefined;
  while (queue.length > 0 && !signal.aborted && !failure) {
    while (
      queue.length > 0 &&
      (running.size === 0 || (running.size < pace.together && pace.fits !== false))
    ) {
      const action: Promise<void> = act(queue.shift()!)
        .catch((error: unknown) => void (failure ??= { error }))
        .finally(() => running.delete(action));
      running.add(action);
    }
    await Promise.race(running);
  }
  await Promise.all(running);
  if (failure) throw failure.error;
}
