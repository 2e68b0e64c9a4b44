import { type ErrorCode, HilError, messageOf } from '../../harness/base/error.ts';

interface Meaning {
  readonly text: RegExp;
  readonly code: ErrorCode;
  readonly what: string;
  readonly remedy: string;
}

/** The binding's open errors carry no code, only text (PI.md §3.1). */
const meanings: readonly Meaning[] = [
  {
    text: /no such (file|device)/i,
    code: 'PORT_MISSING',
    what: 'there is no such device',
    remedy: 'plug the adapter in; `ls -l /dev/serial/by-id /dev/tty*` lists what there is',
  },
  {
    text: /permission denied/i,
    code: 'PORT_DENIED',
    what: 'this user may not open it',
    remedy: 'add the user to the group of the device (`ls -l`; usually dialout), then log in again',
  },
  {
    // "Error Resource temporarily unavailable Cannot lock port": another process holds the flock.
    text: /cannot lock port|device or resource busy/i,
    code: 'PORT_BUSY',
    what: 'another process holds it',
    remedy: '`fuser -v` on the device names the process; a terminal program or a run left behind, mostly',
  },
  {
    text: /input\/output error/i,
    code: 'PORT_OPEN_FAILED',
    what: 'the adapter does not answer',
    remedy: 'unplug the adapter and plug it in again; see `dmesg`',
  },
];

/** Why `path` could not be opened, told apart by the binding's text. */
export function openError(path: string, cause: unknown): HilError {
  const text = messageOf(cause);
  const meaning = meanings.find((candidate) => candidate.text.test(text));
  if (!meaning)
    return new HilError('PORT_OPEN_FAILED', `cannot open ${path}: ${text}`, {
      remedy: 'is it a serial device? `stty -F` on it must answer',
      cause,
    });
  return new HilError(meaning.code, `cannot open ${path}: ${meaning.what}`, {
    remedy: meaning.remedy,
    cause,
  });
}

/** The port hung up or vanished while it was open; `wire` is what arrived last. */
export const goneError = (path: string, what: string, wire: Uint8Array, cause?: unknown): HilError =>
  new HilError('PORT_GONE', `the port ${path} is gone: ${what}`, {
    remedy: 'check the adapter, its cable and its supply; `dmesg` says when the kernel lost it',
    wire,
    cause,
  });

/** Something was asked of a port that has been closed. */
export const closedError = (path: string): HilError =>
  new HilError('PORT_CLOSED', `the port ${path} has been closed`);
