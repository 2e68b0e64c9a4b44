import { clearScreenDown, cursorTo, type Interface, moveCursor } from 'node:readline';

import { toMs } from '../../base/clock.ts';
import { escapeBytes, escapeText } from '../../base/escape.ts';

/** The output. On a terminal the line being typed stays below the lines shown. */
export interface Output extends NodeJS.WritableStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

const prompt = '> ';
const stampWidth = 10;

/**
 * Shows each line with the seconds since the start and a sign: `>` sent, `<` received, `*` a message of the console.
 * Control characters are escaped.
 */
export class Screen {
  readonly #out: Output;
  readonly #start: bigint;
  #typing: Interface | undefined;

  constructor(out: Output, start: bigint) {
    this.#out = out;
    this.#start = start;
  }

  /** From now on a line is being typed on this screen. */
  startTyping(typing: Interface): void {
    if (!this.#out.isTTY) return;
    this.#typing = typing;
    typing.setPrompt(prompt);
    typing.prompt();
  }

  stopTyping(): void {
    this.#typing = undefined;
  }

  showReceived(bytes: Uint8Array, at: bigint): void {
    this.#line(at, '<', escapeBytes(bytes));
  }

  /** Shows a line with its time. @param typed the line as it was typed, which it replaces; undefined: nobody typed it */
  showSent(bytes: Uint8Array, at: bigint, typed?: string): void {
    if (this.#typing && typed !== undefined) {
      const rows = Math.ceil((prompt.length + typed.length + 1) / (this.#out.columns || 80));
      moveCursor(this.#out, 0, -rows);
    }
    this.#line(at, '>', escapeBytes(bytes));
  }

  showMessage(text: string, at: bigint): void {
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
