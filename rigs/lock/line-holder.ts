import { closeSync, constants, openSync } from 'node:fs';

import type { LineWanted } from '../control/gpio/line.ts';
import { flock, lockPath, readHolder } from './lock-file.ts';
import { describeHolder } from './lock-holder.ts';
import { lineLockName } from './lock-names.ts';

interface ProbeOptions {
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Replaces /sys/class/gpio, for tests. */
  readonly root?: string;
}

/**
 * Describes the other process that holds a GPIO line's lock; undefined if there is none, or if it is this process.
 * An exported line whose lock is free was left behind by a killed run. Creates no lock file and keeps no lock.
 * @throws LOCK_FAILED if flock(1) is missing
 */
export async function findLineHolder(
  wanted: LineWanted,
  { environment = process.env, root }: ProbeOptions = {},
): Promise<string | undefined> {
  const file = lockPath(await lineLockName(wanted, root), environment);
  let descriptor: number;
  try {
    descriptor = openSync(file, constants.O_RDONLY);
  } catch {
    // Without a file the line has never been locked.
    return undefined;
  }
  try {
    const holder = readHolder({ file, descriptor });
    if (holder?.pid === process.pid) return undefined;
    if ((await flock({ file, descriptor }, 0, undefined)) === 'held') return undefined;
    return holder ? describeHolder(holder) : 'another process';
  } finally {
    closeSync(descriptor);
  }
}
