import { type Cancel, type Clock, toNs } from '../../harness/base/clock.ts';

interface Timer {
  readonly due: bigint;
  readonly fn: () => void;
}

/**
 * The clock of a replayed run. Its time stands still while the harness computes, and goes on by leaps: to the next timer,
 * or to what the trace has next. So a replay takes no longer than its computing, and its times are those of the trace.
 */
export class ReplayClock implements Clock {
  readonly #timers: Timer[] = [];
  readonly #onTimer: () => void;
  #now: bigint;

  /** @param onTimer is called when a timer is set */
  constructor(now: bigint, onTimer: () => void) {
    this.#now = now;
    this.#onTimer = onTimer;
  }

  now(): bigint {
    return this.#now;
  }

  after(ms: number, fn: () => void): Cancel {
    const timer: Timer = { due: this.#now + toNs(ms), fn };
    // Timers that are due at the same time fire in the order in which they were set, as Node's do.
    let at = this.#timers.length;
    while (at > 0 && (this.#timers[at - 1] as Timer).due > timer.due) at--;
    this.#timers.splice(at, 0, timer);
    this.#onTimer();
    return () => {
      const found = this.#timers.indexOf(timer);
      if (found >= 0) this.#timers.splice(found, 1);
    };
  }

  /** When the next timer is due; undefined without one. */
  get nextDue(): bigint | undefined {
    return this.#timers[0]?.due;
  }

  /** Goes to the next timer and fires it. */
  fire(): void {
    const timer = this.#timers.shift();
    if (!timer) return;
    this.goTo(timer.due);
    timer.fn();
  }

  /** Goes forward to `at`; never back. */
  goTo(at: bigint): void {
    if (at > this.#now) this.#now = at;
  }
}
