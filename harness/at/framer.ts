import type { Chunk } from '../../rigs/port/port.ts';
import type { Line } from './exchange.ts';
import { latin1 } from './latin1.ts';

/**
 * What ended a line. The boot ROM writes LF CR (BC26.md §2), an echo ends with the CR that was sent. Nothing ended a line
 * that was taken as it was (`takeUnended`).
 */
export type LineEnd = '\r\n' | '\n\r' | '\r' | '\n' | '';

/** A piece of what arrived. No byte is dropped without a frame that says so. */
export type Frame =
  | {
      readonly kind: 'line';
      readonly line: Line;
      readonly end: LineEnd;
      /** The line was given out without its whole end (`release`, `takeUnended`); `late`: our event loop was late then. */
      readonly released?: { readonly late: boolean };
    }
  /** The LF of a line end whose line was released at the CR. */
  | { readonly kind: 'late-end'; readonly end: '\n'; readonly endedAt: bigint }
  | {
      readonly kind: 'blank';
      readonly end: LineEnd;
      readonly startedAt: bigint;
      readonly endedAt: bigint;
    }
  | {
      readonly kind: 'discarded';
      /**
       * `too-long`: a line is longer than the limit; `data` is its beginning, up to the limit; the line goes on.
       * `rest`: that line has ended; `bytes` bytes beyond the limit were dropped.
       * `unfinished`: `data` never got a line end, and was given up (`abandon`).
       */
      readonly reason: 'too-long' | 'rest' | 'unfinished';
      readonly data: string;
      readonly bytes: number;
      readonly startedAt: bigint;
      readonly endedAt: bigint;
    };

/**
 * The longest line, bytes. The longest correct command has 275 (`AT+QDMPCFGEX=0,0,"<255>"` and its CR), the firmware's
 * buffer 1400 (BC26.md §2).
 */
export const maxLineBytes = 4096;

const otherHalf = { '\r': '\n', '\n': '\r' } as const;
type Half = keyof typeof otherHalf;

/**
 * Turns bytes into frames. Pure: how the bytes were cut into chunks changes the stamps and nothing else.
 *
 * CR LF and LF CR are one line end each. So after the first of the two bytes the line is held until the next byte
 * shows whether its end has a second half: an exchange's clock stops at the LF after the CR. If no next byte comes,
 * `release` gives the line out; its stamp is that of the byte that ended it.
 */
export class Framer {
  #text = '';
  #startedAt = 0n;
  #lastAt = 0n;
  /** The first half of a line end, while its second may follow. */
  #half: Half | undefined;
  /** Bytes dropped of a line that is over the limit; undefined for other lines. */
  #dropped: number | undefined;
  /** The last byte was the CR of a released line: an LF right after it belongs to it. */
  #released = false;
  readonly #limit: number;

  constructor(limit: number = maxLineBytes) {
    this.#limit = limit;
  }

  /** Whether a line (or a blank one) waits for the second half of its end. */
  get isHolding(): boolean {
    return this.#half !== undefined;
  }

  /** Arrival of the last byte of a line that has no end yet; undefined between lines. */
  get unfinishedSince(): bigint | undefined {
    return this.#half === undefined && (this.#text !== '' || this.#dropped !== undefined)
      ? this.#lastAt
      : undefined;
  }

  /** What has come of a line that has no end yet; empty between lines, and for a line over the limit. */
  get unended(): string {
    return this.unfinishedSince === undefined || this.#dropped !== undefined ? '' : this.#text;
  }

  /** @returns the frames that `chunk` completes, in order */
  push(chunk: Chunk): Frame[] {
    const { bytes, at } = chunk;
    const text = latin1(bytes);
    const frames: Frame[] = [];
    let position = this.#lateEnd(text, at, frames);
    while (position < text.length) {
      const char = text.charAt(position);
      if (this.#half !== undefined) position += this.#secondHalf(char, at, frames);
      else if (char === '\r' || char === '\n') position += this.#firstHalf(char, at);
      else position += this.#run(text, position, at, frames);
    }
    return frames;
  }

  /**
   * Gives out a held line whose second half has not come. If an LF comes after its CR later, it makes no line of its own
   * (`late-end`).
   * @param late whether our event loop was late, so that the second half may only be delayed by us
   * @returns no or one frame
   */
  release(late = false): Frame[] {
    if (this.#half === undefined) return [];
    const half = this.#half;
    this.#released = half === '\r';
    const frame = this.#close(half);
    return [frame.kind === 'line' && half === '\r' ? { ...frame, released: { late } } : frame];
  }

  /**
   * Gives out a line whose end has not come. If it comes later, it is that of a blank line.
   * @returns no or one frame
   */
  takeUnended(): Frame[] {
    if (this.unended === '') return [];
    const frame = this.#close('');
    return [frame.kind === 'line' ? { ...frame, released: { late: false } } : frame];
  }

  /** Gives up a line without an end. @returns no or one frame (`unfinished`, or the `rest` of a line too long) */
  abandon(): Frame[] {
    if (this.unfinishedSince === undefined) return [];
    const frame = this.#discard(this.#dropped === undefined ? 'unfinished' : 'rest');
    this.#reset();
    return [frame];
  }

  #lateEnd(text: string, at: bigint, frames: Frame[]): 0 | 1 {
    if (!this.#released || text === '') return 0;
    this.#released = false;
    if (!text.startsWith('\n')) return 0;
    frames.push({ kind: 'late-end', end: '\n', endedAt: at });
    return 1;
  }

  #secondHalf(char: string, at: bigint, frames: Frame[]): 0 | 1 {
    const half = this.#half as Half;
    if (char !== otherHalf[half]) {
      frames.push(this.#close(half));
      return 0;
    }
    this.#lastAt = at;
    frames.push(this.#close(`${half}${char}` as LineEnd));
    return 1;
  }

  #firstHalf(char: Half, at: bigint): 1 {
    if (this.#text === '' && this.#dropped === undefined) this.#startedAt = at;
    this.#lastAt = at;
    this.#half = char;
    return 1;
  }

  /** Takes the bytes up to the next CR or LF. @returns their number */
  #run(text: string, from: number, at: bigint, frames: Frame[]): number {
    let to = from;
    while (to < text.length && text.charCodeAt(to) !== 0x0d && text.charCodeAt(to) !== 0x0a) to++;
    if (this.#text === '' && this.#dropped === undefined) this.#startedAt = at;
    this.#lastAt = at;
    if (this.#dropped !== undefined) this.#dropped += to - from;
    else this.#append(text.slice(from, to), frames);
    return to - from;
  }

  #append(run: string, frames: Frame[]): void {
    const room = this.#limit - this.#text.length;
    this.#text += run.slice(0, room);
    if (run.length <= room) return;
    frames.push(this.#discard('too-long'));
    this.#text = '';
    this.#dropped = run.length - room;
  }

  #close(end: LineEnd): Frame {
    const frame = this.#closed(end);
    this.#reset();
    return frame;
  }

  #closed(end: LineEnd): Frame {
    const stamps = { startedAt: this.#startedAt, endedAt: this.#lastAt };
    if (this.#dropped !== undefined) return this.#discard('rest');
    if (this.#text === '') return { kind: 'blank', end, ...stamps };
    return { kind: 'line', line: { data: this.#text, ...stamps }, end };
  }

  #discard(reason: 'too-long' | 'rest' | 'unfinished'): Frame {
    return {
      kind: 'discarded',
      reason,
      data: this.#text,
      bytes: this.#dropped ?? this.#text.length,
      startedAt: this.#startedAt,
      endedAt: this.#lastAt,
    };
  }

  #reset(): void {
    this.#text = '';
    this.#half = undefined;
    this.#dropped = undefined;
  }
}
