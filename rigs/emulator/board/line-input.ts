import type { Settings } from '../settings/settings.ts';

const BACKSPACE = 0x08;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const ESCAPE = 0x1b;
const DELETE = 0x7f;

export interface InputLine {
  /** latin1, without the CR; an overlong line is cut. */
  readonly text: string;
  readonly overlong: boolean;
}

interface InputStep {
  /** The echo, if echo is on. */
  readonly echo: readonly number[];
  readonly line?: InputLine;
}

/** What decides how bytes make a line; read at each byte. */
export type LineRules = Pick<Settings, 'lineLimit' | 'nulByte' | 'delByte' | 'eighthBit'>;

/** Collects command lines byte by byte (V.250 §5.2): CR ends a line, backspace removes a byte. */
export class LineInput {
  readonly #rules: () => LineRules;
  #bytes: number[] = [];
  #overlong = false;

  /** @param rules called at each byte */
  constructor(rules: () => LineRules) {
    this.#rules = rules;
  }

  byte(received: number): InputStep {
    const { nulByte, delByte, eighthBit } = this.#rules();
    const byte = eighthBit === 'stripped' ? received & 0x7f : received;
    if (byte === 0 && nulByte === 'dropped') return { echo: [] };
    if (byte === DELETE && delByte === 'dropped') return { echo: [] };
    return this.#take(byte === DELETE && delByte === 'backspace' ? BACKSPACE : byte);
  }

  #take(byte: number): InputStep {
    switch (byte) {
      case CARRIAGE_RETURN:
        return { echo: [byte], line: this.#end() };
      case LINE_FEED:
        // "LF on input ignored" (TRANSCRIPTS.md §21); newer firmware does not echo it either.
        return { echo: [] };
      case ESCAPE:
        this.#end();
        return { echo: [] };
      case BACKSPACE:
        return { echo: this.#bytes.pop() === undefined ? [] : [BACKSPACE, 0x20, BACKSPACE] };
      default:
        this.#add(byte);
        return { echo: [byte] };
    }
  }

  #add(byte: number): void {
    if (this.#bytes.length < this.#rules().lineLimit) this.#bytes.push(byte);
    else this.#overlong = true;
  }

  #end(): InputLine {
    const line = { text: Buffer.from(this.#bytes).toString('latin1'), overlong: this.#overlong };
    this.#bytes = [];
    this.#overlong = false;
    return line;
  }
}
