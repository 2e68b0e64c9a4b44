import type { End } from './exchange-life.ts';
import type { Frame } from './framer.ts';

/** Why a turn is cut short from outside. */
export type Stop = Extract<End, { reason: 'abort' | 'boot' | 'gone' | 'closed' }>;

/** Something that needs the line for itself for a while. */
export interface Turn {
  /** The line is free: go. */
  begin(): void;
  /** A frame arrived during the turn. */
  frame(frame: Frame): void;
  /** Ends the turn, begun or not: its call rejects. */
  stop(stop: Stop): void;
}

/** Who has the line, and who waits for it: one at a time, in the order of asking. */
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

  /** The turn is over, or is not wanted any more. */
  leave(turn: Turn): void {
    if (this.#current === turn) this.#current = undefined;
    const place = this.#waiting.indexOf(turn);
    if (place >= 0) this.#waiting.splice(place, 1);
    this.#next();
  }

  /** Runs `work`, during which no further turn begins: the frames of one chunk are dealt out before anyone writes. */
  hold(work: () => void): void {
    this.#dispatching = true;
    try {
      work();
    } finally {
      this.#dispatching = false;
      this.#next();
    }
  }

  /** Stops everybody, the one who has the line first. */
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
