import { type Cancel, type Clock, toNs } from './clock.ts';

interface Pending {
  due: bigint;
  order: number;
  fn: () => void;
}

/** A clock that moves only by `advance`. */
export class ManualClock implements Clock {
  #now = 0n;
  #order = 0;
  readonly #pending = new Set<Pending>();

  now(): bigint {
    return this.#now;
  }

  after(ms: number, fn: () => void): Cancel {
    const pending = { due: this.#now + toNs(ms), order: this.#order++, fn };
    this.#pending.add(pending);
    return () => this.#pending.delete(pending);
  }

  /** Moves time on by `ms`; due timers fire in order, each at its own time. */
  advance(ms: number): void {
    const end = this.#now + toNs(ms);
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#pending.delete(next);
      this.#now = next.due;
      next.fn();
    }
    this.#now = end;
  }

  #next(end: bigint): Pending | undefined {
    return [...this.#pending]
      .filter(({ due }) => due <= end)
      .sort((a, b) => (a.due === b.due ? a.order - b.order : a.due < b.due ? -1 : 1))[0];
  }
}
