import type { End } from './exchange-life.ts';
import type { Frame } from './framer.ts';

export type Stop = Extract<End, { reason: 'abort' | 'boot' | 'gone' | 'closed' }>;

/** Something that needs the line for itself for some time. */
export interface Turn {
  /** Is called once the line is free. */
  begin(): void;
  /** Is called for each frame that arrives during the turn. */
  frame(frame: Frame): void;
  /** Ends the turn, even if it has not begun: its call rejects. */
  stop(stop: Stop): void;
}

/** The queue of turns: one has the line, the others wait in order. */
export class Turns {
  #current: Turn | undefined;
  readonly #waiting: Turn[] = [];
  #dispatching = false;

  get current(): Turn | undefined {
    return this.#current;
  }

  take(turn: Turn): void {
    this.#waiting.push(turn);
    this.#next();
  }

  /** Takes the turn out: it is over, or was stopped before it began. */
  leave(turn: Turn): void {
    if (this.#current === turn) this.#current = undefined;
    const place = this.#waiting.indexOf(turn);
    if (place >= 0) this.#waiting.splice(place, 1);
    this.#next();
  }

  /** Runs `work`; no further turn begins meanwhile, so all frames of a chunk are handed out before the next write. */
  hold(work: () => void): void {
    this.#dispatching = true;
    try {
      work();
    } finally {
      this.#dispatching = false;
      this.#next();
    }
  }

  /** Stops all turns, the current one first. */
  stopAll(stop: Stop): void {
    const all = [this.#current, ...this.#waiting.splice(0)];
    for (const turn of all) turn?.stop(stop);
  }

  #next(): void {
    if (this.#dispatching || this.#current) return;
    this.#current = this.#waiting.shift();
    this.#current?.begin();
  }
}
