import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, constants, ftruncateSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { HilError, messageOf } from '../harness/base/error.ts';
import { escapeText } from '../harness/base/escape.ts';
import type { Holder } from './lock-holder.ts';
import { describeHolder, jobOf, parseHolder } from './lock-holder.ts';
import type { RigFile } from './rig-file.ts';
import { isEmulated } from './rig-file.ts';
import { stateFolder } from './state-folder.ts';

interface LockOptions {
  /** How long to wait for the present holder; 0 is not at all. */
  readonly waitMs?: number;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
}

/**
 * The right to touch a board. It is the kernel's (flock) and belongs to the open file: it ends when the last
 * process that has it open ends, however that happens.
 */
export interface Lock {
  /** The lock file; undefined for an emulated board, which nobody can share. */
  readonly file: string | undefined;
  /** The descriptor to hand on to every child that touches the board (in its `stdio`); undefined as above. */
  readonly descriptor: number | undefined;
  /** Writes a child that holds the lock, too, into the file. */
  addHelper(pid: number): void;
  /** Closes the file; children that inherited it hold the lock on. Idempotent. */
  release(): void;
}

/** flock(1)'s own answer to "somebody else has it", set apart from its failures (`-E`). */
const busyCode = 75;

/** The name of a device's lock: the real path, so that every name of one device means one lock. */
async function lockName(device: string): Promise<string> {
  const real = await realpath(device).catch(() => path.resolve(device));
  const digest = createHash('sha256').update(real).digest('hex').slice(0, 12);
  return `${path.basename(real)}-${digest}.lock`;
}

/** Takes the lock by flock(1) on our own open file; Node has no flock, the descriptor is what counts. */
function flock(
  descriptor: number,
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

function lockError(cause: unknown, signal: AbortSignal | undefined, what?: string): HilError {
  if (signal?.aborted) return new HilError('ABORTED', 'stopped while waiting for the board', { cause });
  return new HilError('LOCK_FAILED', `cannot lock the board: ${what ?? messageOf(cause)}`, {
    remedy: 'flock(1) of util-linux must be installed, and the state folder on a local file system',
    cause,
  });
}

function writeHolder(descriptor: number, holder: Holder): void {
  const text = Buffer.from(`${JSON.stringify(holder)}\n`);
  ftruncateSync(descriptor, 0);
  writeSync(descriptor, text, 0, text.length, 0);
}

function readHolder(descriptor: number): Holder | undefined {
  const buffer = Buffer.alloc(4096);
  return parseHolder(buffer.toString('utf8', 0, readSync(descriptor, buffer, 0, buffer.length, 0)));
}

function busy(rig: RigFile, holder: Holder | undefined, waitMs: number): HilError {
  const who = holder ? describeHolder(holder) : 'another process';
  const waited = waitMs > 0 ? ` (waited ${waitMs} ms)` : '';
  return new HilError('RIG_BUSY', `the board of rig '${rig.name}' is held by ${who}${waited}`, {
    remedy: 'wait for it, or end that process; the lock ends with it',
  });
}

interface LockFile {
  readonly file: string;
  /** A plain descriptor: a FileHandle would be closed, and the lock lost, when it is collected. */
  readonly descriptor: number;
}

async function openLockFile(device: string, environment: LockOptions['environment']): Promise<LockFile> {
  const folder = path.join(stateFolder(environment), 'locks');
  try {
    mkdirSync(folder, { recursive: true });
    const file = path.join(folder, await lockName(device));
    // Never removed, nor emptied by opening: with a removed file two processes could hold two locks.
    return { file, descriptor: openSync(file, constants.O_RDWR | constants.O_CREAT, 0o666) };
  } catch (cause) {
    throw new HilError(
      'LOCK_FAILED',
      `cannot open a lock file in ${escapeText(folder)}: ${messageOf(cause)}`,
      {
        remedy: 'BC26_HIL_STATE names another folder for what outlives a run',
        cause,
      },
    );
  }
}

class HeldLock implements Lock {
  readonly file: string;
  readonly #descriptor: number;
  #holder: Holder;
  #released = false;

  constructor({ file, descriptor }: LockFile, holder: Holder) {
    this.file = file;
    this.#descriptor = descriptor;
    this.#holder = holder;
    writeHolder(descriptor, holder);
  }

  get descriptor(): number | undefined {
    return this.#released ? undefined : this.#descriptor;
  }

  addHelper(pid: number): void {
    if (this.#released) return;
    this.#holder = { ...this.#holder, helpers: [...this.#holder.helpers, pid] };
    writeHolder(this.#descriptor, this.#holder);
  }

  release(): void {
    if (this.#released) return;
    this.#released = true;
    closeSync(this.#descriptor);
  }
}

/** An emulated board is made for its run and known to nobody else: nothing to exclude. */
const unshared: Lock = { file: undefined, descriptor: undefined, addHelper: () => {}, release: () => {} };

/**
 * Takes the lock of the rig's board, waiting up to `waitMs` for its present holder. Rejects RIG_BUSY (naming
 * the holder, since when and its job), LOCK_FAILED where locking is not possible at all, ABORTED by `signal`.
 * What a dead holder left in the file is no obstacle: only the kernel's lock counts.
 */
export async function acquireLock(rig: RigFile, options: LockOptions = {}): Promise<Lock> {
  const { waitMs = 0, environment = process.env, signal } = options;
  if (isEmulated(rig)) return unshared;
  const opened = await openLockFile(rig.serial.path ?? rig.name, environment);
  try {
    if ((await flock(opened.descriptor, waitMs, signal)) === 'busy')
      throw busy(rig, readHolder(opened.descriptor), waitMs);
    return new HeldLock(opened, {
      pid: process.pid,
      since: new Date().toISOString(),
      rig: rig.name,
      job: jobOf(environment),
      helpers: [],
    });
  } catch (error) {
    closeSync(opened.descriptor);
    throw error;
  }
}
