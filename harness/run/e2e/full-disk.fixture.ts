import { once } from 'node:events';
import { appendFileSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';

import { execa, execaSync } from 'execa';

import { root, untilPrinted } from './qualify.fixture.ts';

/** Only with user namespaces may a test make a disk of its own. Some containers forbid them. */
export const mayMount = execaSync('unshare', ['-rm', 'true'], { reject: false }).exitCode === 0;

/** Many times what a run writes. */
const DISK_KB = 16_384;

/** A small disk that only the programs see that are started on it. */
export interface SmallDisk {
  /** The command line that starts a program there. */
  readonly startedBy: readonly string[];
  /** The path by which others see a file of it. */
  seen(this: void, file: string): string;
  /** Leaves no free byte. */
  fill(): void;
  /** Frees what `fill` has taken. */
  free(): void;
  end(): Promise<void>;
}

/** @param dir is made, and is where the programs find the disk */
export async function openSmallDisk(dir: string): Promise<SmallDisk> {
  mkdirSync(dir);
  const mounted = `mount -t tmpfs -o size=${DISK_KB}k none "$1" && echo mounted && exec sleep 3600`;
  const holder = execa('unshare', ['-rm', 'sh', '-c', mounted, 'sh', dir], {
    reject: false,
    stdin: 'ignore',
  });
  await untilPrinted(holder.stdout, 'mounted');
  const seen = (file: string): string => `/proc/${holder.pid}/root${file}`;
  const filler = seen(path.join(dir, 'fill'));
  return {
    startedBy: [
      ...['nsenter', '-t', String(holder.pid), '-U', '-m', '--preserve-credentials'],
      ...['sh', '-c', 'cd "$0" && exec "$@"', root],
    ],
    seen,
    fill() {
      for (const bytes of [65_536, 4_096, 1]) {
        try {
          for (;;) appendFileSync(filler, Buffer.alloc(bytes));
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
        }
      }
    },
    free: () => rmSync(filler, { force: true }),
    async end() {
      const ended = once(holder, 'exit');
      if (holder.kill('SIGKILL')) await ended;
    },
  };
}
