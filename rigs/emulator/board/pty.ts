import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import tty from 'node:tty';

/** The module's side of a pseudo-terminal; the host opens `path`. */
interface Pty {
  /** What a host opens in place of a serial device. */
  readonly path: string;
  /** Hands on everything hosts write, with the moment it was read (monotonic ns). One listener. */
  onData(listener: (bytes: Uint8Array, readAt: bigint) => void): void;
  /** Writes at once. Bytes that do not fit, since no host reads, are lost, as on a real line. */
  write(bytes: Uint8Array): void;
}

interface Native {
  readonly open: (columns: number, rows: number) => { master: number; slave: number; pty: string };
}

/**
 * Opens a pseudo-terminal that hosts can open, close and open again; it lasts as long as the program.
 * Throws where the platform has no prebuilt binary or no `stty`.
 */
export function openPty(): Pty {
  const { master, pty: path } = native().open(80, 24);
  makeRaw(path);
  // It reads by interrupt (epoll).
  const input = new tty.ReadStream(master);
  return {
    path,
    onData(listener) {
      input.on('data', (bytes: Buffer) => listener(bytes, process.hrtime.bigint()));
    },
    write: (bytes) => writeWhatFits(master, bytes),
  };
}

/**
 * The package's binary by itself: its public `open()` starts to read from the slave too, and so would eat
 * what is meant for the host. The slave stays open here: while nobody holds it, the master cannot be read.
 */
function native(): Native {
  const require = createRequire(import.meta.url);
  const { requireBinary } = require('@lydell/node-pty/requireBinary.js') as {
    readonly requireBinary: (file: string) => Native;
  };
  return requireBinary('pty.node');
}

/**
 * No echo, no line editing, no change of line ends, from before the first host opens it. Node's own raw
 * mode will not do: it turns LF into CR LF.
 */
function makeRaw(path: string): void {
  execFileSync('stty', ['-F', path, 'raw', '-echo'], { timeout: 5000 });
}

function writeWhatFits(fd: number, bytes: Uint8Array): void {
  try {
    fs.writeSync(fd, bytes);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
  }
}
