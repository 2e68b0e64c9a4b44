import type { Cancel, Clock } from '../base/clock.ts';

/** Start bit, eight data bits, stop bit. */
const BITS_PER_BYTE = 10n;

/** Time of one byte on the wire, ns. */
export const byteNs = (baud: number): bigint => (BITS_PER_BYTE * 1_000_000_000n) / BigInt(baud);

/** A received byte; times in ns. */
export interface ArrivedByte {
  readonly byte: number;
  /** The end of its stop bit. */
  readonly at: bigint;
  /** When the program read it from the PTY. */
  readonly readAt: bigint;
}

/** Delays received bytes: a PTY carries them at once, a UART one by one. */
export class WireIn {
  readonly #clock: Clock;
  readonly #byteNs: bigint;
  readonly #deliver: (byte: ArrivedByte) => void;
  #lastEnd = 0n;
  #coming: ArrivedByte[] = [];
  #cancel: Cancel | undefined;

  constructor(clock: Clock, baud: number, deliver: (byte: ArrivedByte) => void) {
    this.#clock = clock;
    this.#byteNs = byteNs(baud);
    this.#deliver = deliver;
  }

  /** Takes bytes read from the PTY at `readAt`; each is delivered when a wire would have carried it. */
  feed(bytes: Uint8Array, readAt: bigint): void {
    for (const byte of bytes) {
      const begin = readAt > this.#lastEnd ? readAt : this.#lastEnd;
      this.#lastEnd = begin + this.#byteNs;
      this.#coming.push({ byte, at: this.#lastEnd, readAt });
    }
    this.#arm();
  }

  #arm(): void {
    const next = this.#coming[0];
    if (this.#cancel || !next) return;
    this.#cancel = this.#clock.at(next.at, () => {
      this.#cancel = undefined;
      this.#deliverArrived();
      this.#arm();
    });
  }

  #deliverArrived(): void {
    const now = this.#clock.now();
    const coming = this.#coming.findIndex(({ at }) => at > now);
    const arrived = this.#coming.splice(0, coming < 0 ? this.#coming.length : coming);
    for (const byte of arrived) this.#deliver(byte);
  }
}

/**
 * When bytes were sent, ns. Planned: the ends of the stop bits of the first and the last byte. Actual: stamps taken
 * just before each of the two was written, so that no host can have received them earlier.
 */
export interface Sent {
  readonly plannedFirst: bigint;
  readonly plannedLast: bigint;
  readonly first: bigint;
  readonly last: bigint;
}

interface Sending {
  readonly bytes: Uint8Array;
  /** When the first bit is to be on the wire. */
  readonly begin: bigint;
  readonly done: (sent: Sent) => void;
  /** Belongs to what was sent before it: nothing comes between the two. */
  readonly continues: boolean;
  written: number;
  first: bigint;
}

/** Sends bytes at the pace of a wire: none is written before a wire would have carried it whole. */
export class WireOut {
  readonly #clock: Clock;
  readonly #byteNs: bigint;
  readonly #write: (bytes: Uint8Array) => void;
  #queue: Sending[] = [];
  #lastEnd = 0n;
  #cancel: Cancel | undefined;

  constructor(clock: Clock, baud: number, write: (bytes: Uint8Array) => void) {
    this.#clock = clock;
    this.#byteNs = byteNs(baud);
    this.#write = write;
  }

  /**
   * Sends `bytes` (at least one) from `notBefore` on, after everything sent earlier.
   * @param done called once the last byte was written; never, if the line is cut first
   */
  send(bytes: Uint8Array, notBefore: bigint, done: (sent: Sent) => void = () => undefined): void {
    const begin = notBefore > this.#lastEnd ? notBefore : this.#lastEnd;
    this.#push({ bytes, begin, done, continues: false });
  }

  /** Sends the rest of what was sent last, `pauseNs` after it; `done` as in `send`. */
  sendOn(bytes: Uint8Array, pauseNs: bigint, done: (sent: Sent) => void): void {
    this.#push({ bytes, begin: this.#lastEnd + pauseNs, done, continues: true });
  }

  #push(sending: Pick<Sending, 'bytes' | 'begin' | 'done' | 'continues'>): void {
    this.#lastEnd = sending.begin + this.#byteNs * BigInt(sending.bytes.length);
    this.#queue.push({ ...sending, written: 0, first: 0n });
    this.#arm();
  }

  /** Sends `bytes` at once if they end before the next sending is due and the line is idle; otherwise after all others. */
  interject(bytes: Uint8Array): void {
    const now = this.#clock.now();
    const [next] = this.#queue;
    const ends = now + this.#byteNs * BigInt(bytes.length);
    if (!next || next.continues || next.written > 0 || next.begin < ends) return this.send(bytes, now);
    this.#queue.unshift({
      bytes,
      begin: now,
      done: () => undefined,
      continues: false,
      written: 0,
      first: 0n,
    });
    this.#cancel?.();
    this.#cancel = undefined;
    this.#arm();
  }

  /** Drops everything that was not written yet. */
  cut(): void {
    this.#queue = [];
    this.#lastEnd = 0n;
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #arm(): void {
    const next = this.#queue[0];
    if (this.#cancel || !next) return;
    this.#cancel = this.#clock.at(this.#endOf(next, next.written), () => {
      this.#cancel = undefined;
      this.#writeDue();
      this.#arm();
    });
  }

  /** Writes all bytes that are due, of later sendings too: a timer's tick is longer than many bytes. */
  #writeDue(): void {
    const now = this.#clock.now();
    for (let next = this.#queue[0]; next && this.#endOf(next, next.written) <= now; next = this.#queue[0]) {
      this.#writeDueOf(next, now);
    }
  }

  #endOf(sending: Sending, index: number): bigint {
    return sending.begin + this.#byteNs * BigInt(index + 1);
  }

  #writeDueOf(sending: Sending, now: bigint): void {
    const { bytes, begin, written } = sending;
    const whole = Number((now - begin) / this.#byteNs);
    const due = Math.min(whole, bytes.length);
    if (written === 0) sending.first = now;
    sending.written = due;
    this.#write(bytes.subarray(written, due));
    if (due === bytes.length) this.#finish(sending, now);
  }

  #finish(sending: Sending, last: bigint): void {
    this.#queue.shift();
    sending.done({
      plannedFirst: this.#endOf(sending, 0),
      plannedLast: this.#endOf(sending, sending.bytes.length - 1),
      first: sending.first,
      last,
    });
  }
}
