import { readFileSync } from 'node:fs';
import path from 'node:path';

/** What the adapter between this machine and the UART can add to what is stamped here, at most, ms. */
export interface AdapterDelay {
  /** From the arrival of a byte at the adapter to its being read here. */
  readonly readMs: number;
  /** From a write's callback to its first bit on the wire, nothing being written before it. */
  readonly writeMs: number;
}

/** A UART of the machine itself, or a pseudo-terminal. */
export const noDelay: AdapterDelay = { readMs: 0, writeMs: 0 };

/** A full-speed bus has a frame a millisecond: a transfer waits for the next, and may take one. */
const usbFrameMs = 1;

/**
 * How long an adapter may keep the last bytes back where nothing says so: the default of FTDI's driver
 * (PI.md §4). Bridges of other makers have no timer that can be read, and are taken to be no quicker.
 */
const unknownTimerMs = 16;

/** A file's text without blanks at its ends; undefined where it cannot be read. */
type ReadText = (file: string) => string | undefined;

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
}

function latencyTimerOf(tty: string, read: ReadText): number {
  const text = read(`/sys/bus/usb-serial/devices/${tty}/latency_timer`);
  return text !== undefined && /^\d{1,3}$/.test(text) ? Number(text) : unknownTimerMs;
}

/**
 * @param node the device node itself, no link to it; by its name the kernel says what it is
 * @param read reads files of /sys
 */
export function adapterDelayOf(node: string, read: ReadText = textOf): AdapterDelay {
  const tty = path.basename(node);
  if (tty.startsWith('ttyUSB')) {
    return { readMs: latencyTimerOf(tty, read) + usbFrameMs, writeMs: 2 * usbFrameMs };
  }
  return tty.startsWith('ttyACM') ? { readMs: usbFrameMs, writeMs: 2 * usbFrameMs } : noDelay;
}
