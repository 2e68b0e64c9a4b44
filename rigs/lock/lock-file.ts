import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { constants, existsSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import path from 'node:path';

import { hasCode, HilError, messageOf } from '../../harness/base/error.ts';
import { escapeText } from '../../harness/base/escape.ts';
import { makeFolder } from '../../harness/base/make-folder.ts';
import { stateFolder } from '../state/state-folder.ts';
import { type LockHolder, parseHolder } from './lock-holder.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** An open lock file. Each process that has it open, or inherits the descriptor, may hold its lock. */
export interface LockFile {
  readonly file: string;
  /** A plain number: a FileHandle is closed, and the lock lost, when it is garbage-collected. */
  readonly descriptor: number;
}

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';

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

/** Opens the lock file for a name, and creates it if it is missing. @throws FOLDER_UNUSABLE, LOCK_FAILED */
export function openLockFile(name: string, environment: Environment): LockFile {
  const file = lockPath(name, environment);
  const folder = path.dirname(file);
  try {
    makeFolder(folder);
    // Lock files are never removed: two processes could then lock two files of the same name.
    return { file, descriptor: openOrCreate(file) };
  } catch (cause) {
    if (codeOf(cause) === 'ELOOP') {
      throw new HilError('LOCK_FAILED', `the lock file ${escapeText(file)} is a symbolic link`, {
        remedy: 'remove the link: whoever made it may have been after the file it points at',
        cause,
      });
    }
    throw new HilError(
      'FOLDER_UNUSABLE',
      `cannot open a lock file in ${escapeText(folder)}: ${escapeText(messageOf(cause))}`,
      { remedy: 'make the folder writable, or set BC26_HIL_STATE to another folder', cause },
    );
  }
}

/** A lock file on a disk that has become read-only can still be locked. */
function openOrCreate(file: string): number {
  const { O_RDONLY, O_RDWR, O_CREAT, O_NOFOLLOW } = constants;
  try {
    return openSync(file, O_RDWR | O_CREAT | O_NOFOLLOW, 0o666);
  } catch (error) {
    if (codeOf(error) !== 'EROFS') throw error;
    if (!existsSync(file)) throw error;
    return openSync(file, O_RDONLY | O_NOFOLLOW);
  }
}

/** Whether a lock file does not exist and cannot be made, since the disk is full or read-only: then nobody has locked it. */
export const cannotExist = (error: unknown, name: string, environment: Environment): boolean =>
  hasCode(error, 'FOLDER_UNUSABLE') &&
  ['ENOSPC', 'EDQUOT', 'EROFS'].includes(codeOf(error.cause)) &&
  !existsSync(lockPath(name, environment));

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

/**
 * To be called only by the process that holds the lock. Where it cannot be written (the disk is full), the lock holds all
 * the same, and the board can be put at rest; others then read of no holder.
 */
export function writeHolder({ descriptor }: LockFile, holder: LockHolder): void {
  const text = Buffer.from(`${JSON.stringify(holder)}\n`);
  try {
    ftruncateSync(descriptor, 0);
    writeSync(descriptor, text, 0, text.length, 0);
  } catch {
    // See above.
  }
}

/** The last holder that was written; undefined if there is none, or only part of one. */
export function readHolder({ descriptor }: LockFile): LockHolder | undefined {
  const buffer = Buffer.alloc(holderLimit);
  return parseHolder(buffer.toString('utf8', 0, readSync(descriptor, buffer, 0, buffer.length, 0)));
}
