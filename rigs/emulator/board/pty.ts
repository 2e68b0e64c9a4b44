import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import tty from 'node:tty';

interface Pty {
  readonly path: string;
  /** Reports everything that hosts write, with the time it was read (monotonic ns). One listener. */
  onData(listener: (bytes: Uint8Array, readAt: bigint) => void): void;
  /** Writes at once. Bytes that do not fit because no host reads are lost, as on a real line. */
  write(bytes: Uint8Array): void;
}

interface Native {
  readonly open: (columns: number, rows: number) => { master: number; slave: number; pty: string };
}

/**
 * Opens a pseudo-terminal that hosts can open and close repeatedly; it exists as long as the program.
 * @throws Error if the platform has no prebuilt binary or no `stty`
 */
export function openPty(): Pty {
  const { master, pty: path } = native().open(80, 24);
  makeRaw(path);
  // A ReadStream waits with epoll, so it does not poll.
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
 * Loads the package's binary alone. The package's public `open()` also reads from the slave, so it would take bytes
 * meant for the host. The slave stays open in this program: the master cannot be read while it is closed.
 */
function native(): Native {
  const require = createRequire(import.meta.url);
  const { requireBinary } = require('@lydell/node-pty/requireBinary.js') as {
    readonly requireBinary: (file: string) => Native;
  };
  return requireBinary('pty.node');
}

/**
 * Switches off echo, line editing and the change of line ends, before the first host opens the device. Node's own
 * raw mode is no choice: it turns LF into CR LF.
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
