import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The longest delays that the adapter between this machine and the UART adds to time stamps, ms. */
export interface AdapterDelay {
  /** From the arrival of a byte at the adapter until it is read here. */
  readonly readMs: number;
  /** From a write's callback until its first bit is on the wire, with an empty output queue. */
  readonly writeMs: number;
}

/** For a UART of the machine itself, or a pseudo-terminal. */
export const noDelay: AdapterDelay = { readMs: 0, writeMs: 0 };

/** A full-speed USB bus has one frame per millisecond: a transfer waits for the next frame, and may take one. */
const usbFrameMs = 1;

/**
 * Latency timer if none can be read: the default of FTDI's driver (PI.md §4). Adapters of other makers have no
 * readable timer; they are assumed to be no faster.
 */
const unknownTimerMs = 16;

/** Reads a file and trims it; undefined if it cannot be read. */
type ReadText = (file: string) => string | undefined;

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
}

function readLatencyTimer(tty: string, read: ReadText): number {
  const text = read(`/sys/bus/usb-serial/devices/${tty}/latency_timer`);
  return text !== undefined && /^\d{1,3}$/.test(text) ? Number(text) : unknownTimerMs;
}

/**
 * The delay of the adapter behind a device node.
 * @param node the node itself, not a link to it: its name tells the kind of adapter
 * @param read reads files of /sys
 */
export function adapterDelayOf(node: string, read: ReadText = readText): AdapterDelay {
  const tty = path.basename(node);
  if (tty.startsWith('ttyUSB')) {
    return { readMs: readLatencyTimer(tty, read) + usbFrameMs, writeMs: 2 * usbFrameMs };
  }
  return tty.startsWith('ttyACM') ? { readMs: usbFrameMs, writeMs: 2 * usbFrameMs } : noDelay;
}
