import fs from 'node:fs';
import tty from 'node:tty';

/** Beyond this the program has failed; it starts in a third of a second. */
export const LIMIT_MS = 15_000;

/** For tests: a terminal program of our own. */
export interface Host {
  write(text: string): void;
  /** Settles with all that was received (latin1) once it matches; rejects with it at the limit. */
  hear(pattern: RegExp): Promise<string>;
  close(): void;
}

/** Opens the PTY as any terminal program would. */
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
