import { Transform, type TransformCallback } from 'node:stream';

/** What a control character does in the console. None of them can be part of an AT command. */
export type Key = 'reset' | 'on' | 'off' | 'end';

const keys: ReadonlyMap<number, Key> = new Map([
  [0x12, 'reset'], // Ctrl-R
  [0x10, 'on'], // Ctrl-P
  [0x0f, 'off'], // Ctrl-O
  [0x18, 'end'], // Ctrl-X
]);

/** The keys, for the help text. */
export const keyHelp =
  'Ctrl-R reset · Ctrl-P power on (or power key) · Ctrl-O power off · ↑ history · leave with Ctrl-C, Ctrl-D or Ctrl-X';

/**
 * Removes the console's keys from the input and passes the rest on. readline itself uses Ctrl-P for the previous line,
 * and without a terminal it has no keys.
 */
export class KeyFilter extends Transform {
  readonly #onKey: (key: Key) => void;

  constructor(onKey: (key: Key) => void) {
    super();
    this.#onKey = onKey;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    const typed: number[] = [];
    for (const byte of chunk) {
      const key = keys.get(byte);
      if (key) this.#onKey(key);
      else typed.push(byte);
    }
    done(null, Buffer.from(typed));
  }
}
