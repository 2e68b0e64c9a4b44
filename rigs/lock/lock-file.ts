import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { constants, ftruncateSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs';
import path from 'node:path';

import { HilError, messageOf } from '../../harness/base/error.ts';
import { escapeText } from '../../harness/base/escape.ts';
import { stateFolder } from '../state/state-folder.ts';
import { type LockHolder, parseHolder } from './lock-holder.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** One open lock file; who has it open may hold its lock, and so may whoever inherits the descriptor. */
export interface LockFile {
  readonly file: string;
  /** A plain descriptor: a FileHandle would be closed, and the lock lost, when it is collected. */
  readonly descriptor: number;
}

/** flock(1)'s own answer to "somebody else has it", set apart from its failures (`-E`). */
const busyCode = 75;

/** It takes milliseconds; a machine that is stuck must not hold the end of a run up. */
const unlockLimitMs = 1_000;

/** A holder with a hundred helpers; a file that is longer is not ours. */
const holderLimit = 256 * 1_024;

/** The file of one name. The digest tells names apart, the rest is for people. */
export function lockPath(name: string, environment: Environment): string {
  const digest = createHash('sha256').update(name).digest('hex').slice(0, 12);
  const shown = path
    .basename(name)
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .slice(0, 100);
  return path.join(stateFolder(environment), 'locks', `${shown}-${digest}.lock`);
}

/** Opens the lock file of a name, making it where it is missing. Throws LOCK_FAILED. */
export function openLockFile(name: string, environment: Environment): LockFile {
  const file = lockPath(name, environment);
  const folder = path.dirname(file);
  try {
    mkdirSync(folder, { recursive: true });
    // Never removed, nor emptied by opening: with a removed file two processes could hold two locks.
    return { file, descriptor: openSync(file, constants.O_RDWR | constants.O_CREAT, 0o666) };
  } catch (cause) {
    throw new HilError(
      'LOCK_FAILED',
      `cannot open a lock file in ${escapeText(folder)}: ${messageOf(cause)}`,
      { remedy: 'BC26_HIL_STATE names another folder for what outlives a run', cause },
    );
  }
}

/**
 * Takes the lock by flock(1) on our own open file; Node has no flock, the descriptor is what counts. Waits for it
 * `waitMs`, 0 being not at all. Rejects LOCK_FAILED, and ABORTED by `signal`.
 */
export function flock(
  { descriptor }: LockFile,
  waitMs: number,
  signal: AbortSignal | undefined,
): Promise<'held' | 'busy'> {
  const wait = waitMs > 0 ? ['-w', String(waitMs / 1000)] : ['-n'];
  return new Promise((resolve, reject) => {
    const child = spawn('flock', ['-x', ...wait, '-E', String(busyCode), '3'], {
      stdio: ['ignore', 'ignore', 'ignore', descriptor],
      ...(signal && { signal }),
    });
    child.once('error', (cause) => reject(lockError(cause, signal)));
    child.once('close', (code) => {
      if (code === 0) return resolve('held');
      if (code === busyCode) return resolve('busy');
      reject(lockError(undefined, signal, `flock ended with exit ${code}`));
    });
  });
}

/** Ends the lock of an open file, whoever else has inherited it; where that fails it ends with the last of them. */
export function unlock({ descriptor }: LockFile): void {
  spawnSync('flock', ['-u', '3'], {
    stdio: ['ignore', 'ignore', 'ignore', descriptor],
    timeout: unlockLimitMs,
  });
}

function lockError(cause: unknown, signal: AbortSignal | undefined, what?: string): HilError {
  if (signal?.aborted) return new HilError('ABORTED', 'stopped while waiting for the board', { cause });
  return new HilError('LOCK_FAILED', `cannot lock the board: ${what ?? messageOf(cause)}`, {
    remedy: 'flock(1) of util-linux must be installed, and the state folder on a local file system',
    cause,
  });
}

/** Only who holds the lock writes. */
export function writeHolder({ descriptor }: LockFile, holder: LockHolder): void {
  const text = Buffer.from(`${JSON.stringify(holder)}\n`);
  ftruncateSync(descriptor, 0);
  writeSync(descriptor, text, 0, text.length, 0);
}

/** What the last holder wrote; undefined when it is nothing, or no whole record. */
export function readHolder({ descriptor }: LockFile): LockHolder | undefined {
  const buffer = Buffer.alloc(holderLimit);
  return parseHolder(buffer.toString('utf8', 0, readSync(descriptor, buffer, 0, buffer.length, 0)));
}
