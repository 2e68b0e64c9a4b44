import fs from 'node:fs';
import tty from 'node:tty';

/** Time limit for everything here; the program starts in a third of a second. */
export const LIMIT_MS = 15_000;

/** A terminal program for tests. */
export interface Host {
  write(text: string): void;
  /** Settles with everything received (latin1) once it matches; rejects with it at the limit. */
  hear(pattern: RegExp): Promise<string>;
  close(): void;
}

/** Opens the PTY as a terminal program does. */
export function openHost(device: string): Host {
  const fd = fs.openSync(device, fs.constants.O_RDWR | fs.constants.O_NOCTTY | fs.constants.O_NONBLOCK);
  const input = new tty.ReadStream(fd);
  let received = '';
  input.on('data', (bytes: Buffer) => (received += bytes.toString('latin1')));
  return {
    write: (text) => fs.writeSync(fd, text, undefined, 'latin1'),
    hear: (pattern) =>
      new Promise((resolve, reject) => {
        const end = (settle: () => void): void => {
          clearTimeout(timer);
          input.off('data', look);
          settle();
        };
        const look = (): void => {
          if (!pattern.test(received)) return;
          const text = received;
          received = '';
          end(() => resolve(text));
        };
        const timer = setTimeout(() => end(() => reject(new Error(JSON.stringify(received)))), LIMIT_MS);
        input.on('data', look);
        look();
      }),
    close: () => void input.destroy(),
  };
}
