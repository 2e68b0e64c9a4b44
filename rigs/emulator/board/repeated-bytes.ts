import { type Cancel, type Clock, msToNs } from '../base/clock.ts';
import type { Settings } from '../settings/settings.ts';

export interface RepeatedBytesParts {
  readonly clock: Clock;
  readonly settings: () => Settings;
  readonly random: () => number;
  readonly write: (bytes: Uint8Array) => void;
}

/** What is written next, and how long from now, ms. */
export interface NextBytes {
  readonly afterMs: number;
  /** Called when it is due. */
  readonly bytes: () => Uint8Array;
}

/** Bytes that come to the host's side of the line again and again, though nobody asked for them. */
export abstract class RepeatedBytes {
  readonly #parts: RepeatedBytesParts;
  #cancel: Cancel | undefined;

  constructor(parts: RepeatedBytesParts) {
    this.#parts = parts;
  }

  /** Asked before each time; undefined by settings under which nothing comes. */
  protected abstract next(settings: Settings, random: () => number): NextBytes | undefined;

  begin(): void {
    this.end();
    const { clock, random, settings, write } = this.#parts;
    const next = this.next(settings(), random);
    if (!next) return;
    this.#cancel = clock.at(clock.now() + msToNs(next.afterMs), () => {
      write(next.bytes());
      this.begin();
    });
  }

  end(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }
}
