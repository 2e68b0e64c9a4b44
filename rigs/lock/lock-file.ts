import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { constants, ftruncateSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs';
import path from 'node:path';

import { HilError, messageOf } from '../../harness/base/error.ts';
import { escapeText } from '../../harness/base/escape.ts';
import { stateFolder } from '../state/state-folder.ts';
import { type LockHolder, parseHolder } from './lock-holder.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** An open lock file. Each process that has it open, or inherits the descriptor, may hold its lock. */
export interface LockFile {
  readonly file: string;
  /** A plain number: a FileHandle is closed, and the lock lost, when it is garbage-collected. */
  readonly descriptor: number;
}

/** Exit code of flock(1) if another process has the lock (`-E`); its failures have other codes. */
const busyCode = 75;

/** Unlocking takes milliseconds; a machine that hangs must not delay the end of a run. */
const unlockLimitMs = 1_000;

/** Bytes; enough for a holder with a hundred helpers. */
const holderLimit = 256 * 1_024;

/** The lock file for a name. The digest makes it unique, the rest makes it readable. */
export function lockPath(name: string, environment: Environment): string {
  const digest = createHash('sha256').update(name).digest('hex').slice(0, 12);
  const shown = path
    .basename(name)
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .slice(0, 100);
  return path.join(stateFolder(environment), 'locks', `${shown}-${digest}.lock`);
}

/** Opens the lock file for a name, and creates it if it is missing. @throws LOCK_FAILED */
export function openLockFile(name: string, environment: Environment): LockFile {
  const file = lockPath(name, environment);
  const folder = path.dirname(file);
  try {
    mkdirSync(folder, { recursive: true });
    // Lock files are never removed: two processes could then lock two files of the same name.
    return { file, descriptor: openSync(file, constants.O_RDWR | constants.O_CREAT, 0o666) };
  } catch (cause) {
    throw new HilError(
      'LOCK_FAILED',
      `cannot open a lock file in ${escapeText(folder)}: ${messageOf(cause)}`,
      { remedy: 'make the folder writable, or set BC26_HIL_STATE to another folder', cause },
    );
  }
}

/**
 * Takes the lock: flock(1) locks the open file it inherits, since Node has no flock.
 * @param waitMs how long to wait for the lock; 0 is not at all
 * @throws LOCK_FAILED, or ABORTED by `signal`
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
      reject(lockError(undefined, signal, `flock ended with exit code ${code}`));
    });
  });
}

/** Releases the lock, also for processes that inherited it. If that fails, it ends when the last one ends. */
export function unlock({ descriptor }: LockFile): void {
  spawnSync('flock', ['-u', '3'], {
    stdio: ['ignore', 'ignore', 'ignore', descriptor],
    timeout: unlockLimitMs,
  });
}

function lockError(cause: unknown, signal: AbortSignal | undefined, what?: string): HilError {
  if (signal?.aborted)
    return new HilError('ABORTED', 'stopped while waiting for the lock of the board', { cause });
  return new HilError('LOCK_FAILED', `cannot lock the board: ${what ?? messageOf(cause)}`, {
    remedy:
      'install flock (package util-linux), and keep the state folder (BC26_HIL_STATE) on a local file system',
    cause,
  });
}

/** To be called only by the process that holds the lock. */
export function writeHolder({ descriptor }: LockFile, holder: LockHolder): void {
  const text = Buffer.from(`${JSON.stringify(holder)}\n`);
  ftruncateSync(descriptor, 0);
  writeSync(descriptor, text, 0, text.length, 0);
}

/** The last holder that was written; undefined if there is none, or only part of one. */
export function readHolder({ descriptor }: LockFile): LockHolder | undefined {
  const buffer = Buffer.alloc(holderLimit);
  return parseHolder(buffer.toString('utf8', 0, readSync(descriptor, buffer, 0, buffer.length, 0)));
}
