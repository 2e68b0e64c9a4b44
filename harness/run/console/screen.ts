import { clearScreenDown, cursorTo, type Interface, moveCursor } from 'node:readline';

import { toMs } from '../../base/clock.ts';
import { escapeBytes, escapeText } from '../../base/escape.ts';

/** Where the console writes; a terminal has columns, and the line being typed stays below what is said. */
export interface Output extends NodeJS.WritableStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

const prompt = '> ';
const stampWidth = 10;

/** Each line with its time since the console was opened, a sign for whose it is, and nothing a terminal obeys. */
export class Screen {
  readonly #out: Output;
  readonly #start: bigint;
  #typing: Interface | undefined;

  constructor(out: Output, start: bigint) {
    this.#out = out;
    this.#start = start;
  }

  /** From now on a line is being typed on this screen. */
  typeOn(typing: Interface): void {
    if (!this.#out.isTTY) return;
    this.#typing = typing;
    typing.setPrompt(prompt);
    typing.prompt();
  }

  typedNoMore(): void {
    this.#typing = undefined;
  }

  received(bytes: Uint8Array, at: bigint): void {
    this.#line(at, '<', escapeBytes(bytes));
  }

  /** Takes the line as it was typed off the screen: it stands there once, with its time. */
  sent(bytes: Uint8Array, at: bigint, typed: string): void {
    if (this.#typing) {
      const rows = Math.ceil((prompt.length + typed.length + 1) / (this.#out.columns || 80));
      moveCursor(this.#out, 0, -rows);
    }
    this.#line(at, '>', escapeBytes(bytes));
  }

  said(text: string, at: bigint): void {
    this.#line(at, '*', escapeText(text));
  }

  #line(at: bigint, sign: string, text: string): void {
    const seconds = (toMs(at - this.#start) / 1000).toFixed(3).padStart(stampWidth);
    if (this.#typing) {
      cursorTo(this.#out, 0);
      clearScreenDown(this.#out);
    }
    this.#out.write(`${seconds} ${sign} ${text}\n`);
    this.#typing?.prompt(true);
  }
}
