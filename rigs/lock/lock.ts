import { closeSync } from 'node:fs';

import { systemClock, toMs } from '../../harness/base/clock.ts';
import { HilError } from '../../harness/base/error.ts';
import { isEmulated, type RigFile } from '../file/rig-file.ts';
import {
  cannotExist,
  flock,
  type LockFile,
  openLockFile,
  readHolder,
  unlock,
  writeHolder,
} from './lock-file.ts';
import { describeHolder, type LockHolder, ownHolder } from './lock-holder.ts';
import { lockNames } from './lock-names.ts';
import { endStrays, type StrayLimits, strayLimits } from './lock-strays.ts';
import { identityOf, isStillRunning } from './process-identity.ts';

interface LockOptions {
  /** How long to wait for the current holder; 0 is not at all. */
  readonly waitMs?: number;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
  /**
   * Whether the board may be had without a lock whose file cannot be made, since the disk is full or read-only. No
   * other process can have that lock.
   */
  readonly evenUnlocked?: boolean;
  /** How long to wait for processes that a dead holder left behind. */
  readonly strays?: StrayLimits;
}

/**
 * The right to touch a board: its serial device, by every name, and its GPIO lines. The kernel's lock (flock) on open
 * files: it ends when the last process that has them open ends, even by a kill.
 */
export interface Lock {
  /** The lock files; none for an emulated board, which is never shared. */
  readonly files: readonly string[];
  /** The descriptors to pass to each child that touches the board (in its `stdio`); none for an emulated board. */
  readonly descriptors: readonly number[];
  /** Which processes of a dead holder were ended for this lock, one line each. */
  readonly ended: readonly string[];
  /** Records a child that also holds the lock: if it outlives this process, the next run may end it. */
  addHelper(pid: number): void;
  /** Removes a child that has ended from the record. */
  removeHelper(pid: number): void;
  /**
   * Releases the lock, unless recorded helpers still run: they keep it. Other processes that inherited it, such as
   * those that a program of the rig left running on purpose, do not keep it. Idempotent.
   */
  release(): void;
}

function busyError(rig: RigFile, holder: LockHolder | undefined, waitMs: number): HilError {
  const who = holder ? describeHolder(holder) : 'another process';
  const waited = waitMs > 0 ? ` (waited ${waitMs / 1000} s)` : '';
  return new HilError('RIG_BUSY', `the board of rig '${rig.name}' is held by ${who}${waited}`, {
    remedy:
      'wait until that process has ended (qualify and doctor: --wait SECONDS), or end it; then the board is free',
  });
}

class HeldLock implements Lock {
  readonly files: readonly string[];
  readonly ended: readonly string[];
  readonly #opened: readonly LockFile[];
  #holder: LockHolder;
  #released = false;

  constructor(opened: readonly LockFile[], holder: LockHolder, ended: readonly string[]) {
    this.files = opened.map(({ file }) => file);
    this.ended = ended;
    this.#opened = opened;
    this.#holder = holder;
  }

  get descriptors(): readonly number[] {
    return this.#released ? [] : this.#opened.map(({ descriptor }) => descriptor);
  }

  addHelper(pid: number): void {
    const helper = identityOf(pid);
    // A child that has ended holds no lock.
    if (this.#released || !helper) return;
    this.#holder = { ...this.#holder, helpers: [...this.#holder.helpers, helper] };
    for (const file of this.#opened) writeHolder(file, this.#holder);
  }

  removeHelper(pid: number): void {
    if (this.#released) return;
    this.#holder = { ...this.#holder, helpers: this.#holder.helpers.filter((helper) => helper.pid !== pid) };
    for (const file of this.#opened) writeHolder(file, this.#holder);
  }

  release(): void {
    if (this.#released) return;
    this.#released = true;
    if (!this.#holder.helpers.some(isStillRunning)) this.#opened.forEach(unlock);
    closeAll(this.#opened);
  }
}

const closeAll = (opened: readonly LockFile[]): void =>
  opened.forEach(({ descriptor }) => closeSync(descriptor));

/** An emulated board belongs to one run alone, so there is nothing to lock. */
export const noLock: Lock = {
  files: [],
  descriptors: [],
  ended: [],
  addHelper: () => {},
  removeHelper: () => {},
  release: () => {},
};

interface TakeOptions {
  readonly rig: RigFile;
  /** How much longer to wait for the current holder, ms. */
  readonly remainingMs: () => number;
  readonly waitMs: number;
  readonly signal: AbortSignal | undefined;
  readonly strays: StrayLimits;
}

/** Takes the lock of one file; returns which processes had to be ended for it. */
async function takeLock(
  opened: LockFile,
  { rig, remainingMs, waitMs, signal, strays }: TakeOptions,
): Promise<string[]> {
  const tryLock = async (ms: number): Promise<boolean> => (await flock(opened, ms, signal)) === 'held';
  if (await tryLock(0)) return [];
  const ended = await endStrays(readHolder(opened), tryLock, strays);
  if (ended !== undefined) return [ended];
  if (remainingMs() > 0 && (await tryLock(remainingMs()))) return [];
  // The holder may have ended during the wait.
  const endedLate = waitMs > 0 ? await endStrays(readHolder(opened), tryLock, strays) : undefined;
  if (endedLate !== undefined) return [endedLate];
  throw busyError(rig, readHolder(opened), waitMs);
}

/**
 * Takes the locks of the rig's board, waiting up to `waitMs` for the current holder. Processes that a dead holder
 * provably left behind are ended first, which takes some seconds more. Only the kernel's lock counts: old text in the
 * files does not matter. After an error no lock is held.
 * @throws RIG_BUSY naming the holder, since when it holds the board, and its CI job; LOCK_FAILED if locking is not
 *   possible at all; FOLDER_UNUSABLE for their folder; ABORTED by `signal`
 */
export async function acquireLock(rig: RigFile, options: LockOptions = {}): Promise<Lock> {
  const {
    waitMs = 0,
    environment = process.env,
    evenUnlocked = false,
    signal,
    strays = strayLimits,
  } = options;
  if (isEmulated(rig)) return noLock;
  const began = systemClock.now();
  const remainingMs = (): number => Math.max(0, waitMs - toMs(systemClock.now() - began));
  const holder = ownHolder(rig.name, environment);
  const opened: LockFile[] = [];
  const ended: string[] = [];
  try {
    for (const name of await lockNames(rig)) {
      const file = openUnless(evenUnlocked, name, environment);
      if (!file) continue;
      opened.push(file);
      ended.push(...(await takeLock(file, { rig, remainingMs, waitMs, signal, strays })));
      writeHolder(file, holder);
    }
    return new HeldLock(opened, holder, ended);
  } catch (error) {
    closeAll(opened);
    throw error;
  }
}

/** Opens a lock file; undefined where it need not and cannot be made. */
function openUnless(
  evenUnlocked: boolean,
  name: string,
  environment: NonNullable<LockOptions['environment']>,
): LockFile | undefined {
  try {
    return openLockFile(name, environment);
  } catch (error) {
    if (evenUnlocked && cannotExist(error, name, environment)) return undefined;
    throw error;
  }
}
