import type { Chunk } from '../../../rigs/port/port.ts';
import type { Cancel, Clock } from '../../base/clock.ts';

/** Bytes that are shown together, with the arrival of the first (ns). */
export interface ShownLine {
  readonly bytes: Uint8Array;
  readonly at: bigint;
}

const lineFeed = 0x0a;
/** What has no line end (a prompt, a cut answer) is shown after this long; an adapter may keep bytes back for 16 ms. */
const patienceMs = 50;
/** A line that never ends is shown in pieces. */
const longest = 256;

/** Cuts what arrives into lines, each with its line end; loses and changes no byte. */
export class LineCutter {
  readonly #clock: Clock;
  readonly #show: (line: ShownLine) => void;
  #held: number[] = [];
  #heldAt = 0n;
  #cancel: Cancel = () => {};

  constructor(clock: Clock, show: (line: ShownLine) => void) {
    this.#clock = clock;
    this.#show = show;
  }

  push({ bytes, at }: Chunk): void {
    this.#cancel();
    for (const byte of bytes) {
      if (this.#held.length === 0) this.#heldAt = at;
      this.#held.push(byte);
      if (byte === lineFeed || this.#held.length === longest) this.flush();
    }
    if (this.#held.length > 0) this.#cancel = this.#clock.after(patienceMs, () => this.flush());
  }

  /** Shows what is held. */
  flush(): void {
    this.#cancel();
    if (this.#held.length === 0) return;
    const bytes = Uint8Array.from(this.#held);
    this.#held = [];
    this.#show({ bytes, at: this.#heldAt });
  }
}
