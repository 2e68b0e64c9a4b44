import { Transform, type TransformCallback } from 'node:stream';

/** What a control character does in the console; none of them can stand in an AT command. */
export type Key = 'reset' | 'on' | 'off' | 'end';

const keys: ReadonlyMap<number, Key> = new Map([
  [0x12, 'reset'], // Ctrl-R
  [0x10, 'on'], // Ctrl-P
  [0x0f, 'off'], // Ctrl-O
  [0x18, 'end'], // Ctrl-X
]);

/** The keys for a person. */
export const keyHelp =
  'Ctrl-R reset · Ctrl-P power on (or power key) · Ctrl-O power off · Ctrl-X or Ctrl-D end · ↑ history';

/**
 * Takes the console's keys out of what is typed, and passes the rest on: readline would take Ctrl-P for itself
 * (the line before), and beside a terminal it knows no keys at all.
 */
export class KeyFilter extends Transform {
  readonly #pressed: (key: Key) => void;

  constructor(pressed: (key: Key) => void) {
    super();
    this.#pressed = pressed;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    const typed: number[] = [];
    for (const byte of chunk) {
      const key = keys.get(byte);
      if (key) this.#pressed(key);
      else typed.push(byte);
    }
    done(null, Buffer.from(typed));
  }
}
