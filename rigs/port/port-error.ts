import { type ErrorCode, HilError, messageOf } from '../../harness/base/error.ts';

interface Explanation {
  readonly text: RegExp;
  readonly code: ErrorCode;
  readonly what: string;
  readonly remedy: string;
}

/** The binding's errors at opening have no code, only text (PI.md §3.1). */
const explanations: readonly Explanation[] = [
  {
    text: /no such (file|device)/i,
    code: 'PORT_MISSING',
    what: 'there is no such device',
    remedy: 'plug in the adapter, or correct serial.path; `ls -l /dev/serial/by-id` lists the adapters',
  },
  {
    text: /permission denied/i,
    code: 'PORT_DENIED',
    what: 'this user has no permission',
    remedy:
      'add the user to the group of the device (usually `sudo usermod -aG dialout USER`), then log in again',
  },
  {
    // "Error Resource temporarily unavailable Cannot lock port": another process has locked it.
    text: /cannot lock port|device or resource busy/i,
    code: 'PORT_BUSY',
    what: 'another program has it open',
    remedy:
      'end that program, mostly a terminal program or an earlier run; `fuser -v` on the device names it',
  },
  {
    text: /input\/output error/i,
    code: 'PORT_OPEN_FAILED',
    what: 'the adapter does not respond',
    remedy: 'unplug the adapter and plug it in again; `dmesg` shows what the kernel reports',
  },
];

/** Explains why `path` could not be opened, from the text of the binding's error. */
export function openError(path: string, cause: unknown): HilError {
  const text = messageOf(cause);
  const explanation = explanations.find((candidate) => candidate.text.test(text));
  if (!explanation)
    return new HilError('PORT_OPEN_FAILED', `cannot open ${path}: ${text}`, {
      remedy: 'check that serial.path is a serial device: `stty -F` on it must work',
      cause,
    });
  return new HilError(explanation.code, `cannot open ${path}: ${explanation.what}`, {
    remedy: explanation.remedy,
    cause,
  });
}

/** For a port that hung up or vanished while it was open; `wire` is what arrived last. */
export const goneError = (path: string, what: string, wire: Uint8Array, cause?: unknown): HilError =>
  new HilError('PORT_GONE', `the port ${path} is gone: ${what}`, {
    remedy: 'check the adapter, its cable and its supply; `dmesg` shows when the kernel lost it',
    wire,
    cause,
  });

/** For a call after the port has been closed. */
export const closedError = (path: string): HilError =>
  new HilError('PORT_CLOSED', `the port ${path} has been closed`);
