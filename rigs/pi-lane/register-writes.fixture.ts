import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** A write of the guest to a register of its GPIO controller. */
export interface RegisterWrite {
  /** From the controller's first register. */
  readonly offset: number;
  readonly value: number;
  /** When the guest wrote it, ms on the clock of `performance.now()`. */
  readonly atMs: number;
}

/** QEMU's trace event for every write to a device, with its time stamp (`-msg timestamp=on`): seconds, microseconds. */
const line =
  /^\d+@(\d+)\.(\d{6}):memory_region_ops_write .* addr 0x3f2000([0-9a-f]{2}) value 0x([0-9a-f]+) size 4 name 'bcm2835_gpio'$/;

/**
 * Reads a line of QEMU's trace; `undefined` where it is no write to the GPIO controller.
 * @param stepMs wall clock less `performance.now()`: QEMU stamps by the wall clock, which may be set meanwhile
 */
export function parseWrite(text: string, stepMs: number): RegisterWrite | undefined {
  const found = line.exec(text);
  if (!found) return undefined;
  const [, seconds, micros, offset, value] = found;
  return {
    offset: parseInt(offset!, 16),
    value: parseInt(value!, 16),
    atMs: Number(seconds) * 1_000 + Number(micros) / 1_000 - stepMs,
  };
}

/**
 * Reads QEMU's messages: calls `take` for every write to the GPIO controller, in their order, and `say` for every line
 * that is no trace at all.
 */
export function followWrites(
  messages: Readable,
  take: (write: RegisterWrite) => void,
  say: (line: string) => void,
): void {
  createInterface({ input: messages, crlfDelay: Infinity }).on('line', (text) => {
    // Most lines are of other devices.
    if (!text.endsWith("'bcm2835_gpio'")) {
      if (!text.includes(':memory_region_ops_write ')) say(text);
      return;
    }
    const write = parseWrite(text, Date.now() - performance.now());
    if (write) take(write);
  });
}
