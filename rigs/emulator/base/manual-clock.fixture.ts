import { type Cancel, type Clock, msToNs } from './clock.ts';

interface Timer {
  readonly due: bigint;
  readonly fn: () => void;
}

/** A clock for tests, which moves by `advance` alone. */
export class ManualClock implements Clock {
  #now = 0n;
  #timers: Timer[] = [];

  now(): bigint {
    return this.#now;
  }

  at(due: bigint, fn: () => void): Cancel {
    const timer = { due, fn };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Timers fire in the order they fall due, each at its own moment. */
  advance(ms: number): void {
    const end = this.#now + msToNs(ms);
    for (let next = this.#earliest(end); next; next = this.#earliest(end)) {
      this.#timers = this.#timers.filter((other) => other !== next);
      if (next.due > this.#now) this.#now = next.due;
      next.fn();
    }
    this.#now = end;
  }

  #earliest(end: bigint): Timer | undefined {
    return this.#timers
      .filter(({ due }) => due <= end)
      .reduce<Timer | undefined>(
        (first, timer) => (first && first.due <= timer.due ? first : timer),
        undefined,
      );
  }
}
