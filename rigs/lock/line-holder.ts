import { closeSync, constants, openSync } from 'node:fs';

import type { LineWanted } from '../control/gpio/line.ts';
import { flock, lockPath, readHolder } from './lock-file.ts';
import { describeHolder } from './lock-holder.ts';
import { lineLockName } from './lock-names.ts';

interface ProbeOptions {
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** In place of /sys/class/gpio. */
  readonly root?: string;
}

/**
 * Who else holds a GPIO line's lock, for people; undefined when nobody does, or this process. An exported line is
 * what a killed run left behind only as long as nobody holds its lock. Makes no lock file, and keeps no lock.
 * Rejects LOCK_FAILED where flock(1) is missing.
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
    // Without a file nobody ever locked the line.
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
