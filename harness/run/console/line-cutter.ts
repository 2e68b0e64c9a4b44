import type { Chunk } from '../../../rigs/port/port.ts';
import type { Cancel, Clock } from '../../base/clock.ts';

/** Bytes that are shown together, and the arrival of the first (ns). */
export interface ShownLine {
  readonly bytes: Uint8Array;
  readonly at: bigint;
}

const lineFeed = 0x0a;
/** When bytes without a line end (a prompt, a cut answer) are shown, ms; an adapter may hold bytes for 16 ms. */
const PARTIAL_LINE_MS = 50;
/** A longer line is shown in pieces, bytes. */
const LONGEST = 256;

/** Cuts received bytes into lines, each with its line end; no byte is lost or changed. */
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
      if (byte === lineFeed || this.#held.length === LONGEST) this.flush();
    }
    if (this.#held.length > 0) this.#cancel = this.#clock.after(PARTIAL_LINE_MS, () => this.flush());
  }

  /** Shows the bytes held so far. */
  flush(): void {
    this.#cancel();
    if (this.#held.length === 0) return;
    const bytes = Uint8Array.from(this.#held);
    this.#held = [];
    this.#show({ bytes, at: this.#heldAt });
  }
}
