import { type Cancel, type Clock, toMs } from '../../base/clock.ts';

/** Calls `beat` again and again. */
interface Pulse {
  /** Something happened: the next beat comes soon, at once if the last was long ago. */
  soon(): void;
  /** The next beat comes as late as if there had just been one. */
  rest(): void;
  end(): void;
}

/** How long a beat comes at most after the last one, and at least, ms. */
interface Rate {
  readonly everyMs: number;
  readonly soonMs: number;
}

/** Starts with a beat where beats come fast; else with the wait for the first. */
export function createPulse(clock: Clock, { everyMs, soonMs }: Rate, beat: () => void): Pulse {
  let lastAt = clock.now();
  let isOver = false;
  let cancel: Cancel = () => {};
  let isSoon = false;

  function waitFor(ms: number): void {
    cancel();
    cancel = clock.after(ms, fire);
  }

  function fire(): void {
    isSoon = false;
    lastAt = clock.now();
    waitFor(everyMs);
    beat();
  }

  if (soonMs < everyMs) fire();
  else waitFor(everyMs);
  return {
    soon() {
      if (isOver || isSoon || soonMs >= everyMs) return;
      const sinceMs = toMs(clock.now() - lastAt);
      if (sinceMs >= soonMs) return fire();
      isSoon = true;
      waitFor(soonMs - sinceMs);
    },
    rest() {
      if (isOver) return;
      lastAt = clock.now();
      waitFor(everyMs);
    },
    end() {
      isOver = true;
      cancel();
    },
  };
}
