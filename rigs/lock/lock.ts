import { closeSync } from 'node:fs';

import { systemClock, toMs } from '../../harness/base/clock.ts';
import { HilError } from '../../harness/base/error.ts';
import { isEmulated, type RigFile } from '../file/rig-file.ts';
import { flock, type LockFile, openLockFile, readHolder, unlock, writeHolder } from './lock-file.ts';
import { describeHolder, type LockHolder, ownHolder } from './lock-holder.ts';
import { lockNames } from './lock-names.ts';
import { endStrays, type StrayLimits, strayLimits } from './lock-strays.ts';
import { identityOf, isStillRunning } from './process-identity.ts';

interface LockOptions {
  /** How long to wait for the present holder; 0 is not at all. */
  readonly waitMs?: number;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
  /** How patiently what a dead holder left behind is ended. */
  readonly strays?: StrayLimits;
}

/**
 * The right to touch a board: its serial device by every name, and its GPIO lines. It is the kernel's (flock) and
 * belongs to open files: it ends when the last process that has them open ends, however that happens.
 */
export interface Lock {
  /** The lock files; none for an emulated board, which nobody can share. */
  readonly files: readonly string[];
  /** The descriptors to hand on to every child that touches the board (in its `stdio`); none as above. */
  readonly descriptors: readonly number[];
  /** What a dead holder had left and was ended for it, one line each, for people. */
  readonly ended: readonly string[];
  /** Writes a child that holds the lock, too, into the files: if it outlives us, the next run may end it. */
  addHelper(pid: number): void;
  /** Takes a child that has ended out of the files. */
  removeHelper(pid: number): void;
  /**
   * Ends the lock; helpers that still run hold it on. What else inherited it, such as what a program of the rig has
   * left running on purpose, does not. Idempotent.
   */
  release(): void;
}

function busy(rig: RigFile, holder: LockHolder | undefined, waitMs: number): HilError {
  const who = holder ? describeHolder(holder) : 'another process';
  const waited = waitMs > 0 ? ` (waited ${waitMs} ms)` : '';
  return new HilError('RIG_BUSY', `the board of rig '${rig.name}' is held by ${who}${waited}`, {
    remedy: 'wait for it, or end that process; the lock ends with it',
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
    // One that has ended already holds nothing.
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

/** An emulated board is made for its run and known to nobody else: nothing to exclude. */
const unshared: Lock = {
  files: [],
  descriptors: [],
  ended: [],
  addHelper: () => {},
  removeHelper: () => {},
  release: () => {},
};

interface Taking {
  readonly rig: RigFile;
  /** How much longer the present holder is waited for, ms. */
  readonly left: () => number;
  readonly waitMs: number;
  readonly signal: AbortSignal | undefined;
  readonly strays: StrayLimits;
}

/** Takes one file's lock; returns what had to be ended for it. */
async function take(opened: LockFile, { rig, left, waitMs, signal, strays }: Taking): Promise<string[]> {
  const freed = async (ms: number): Promise<boolean> => (await flock(opened, ms, signal)) === 'held';
  if (await freed(0)) return [];
  const ended = await endStrays(readHolder(opened), freed, strays);
  if (ended !== undefined) return [ended];
  if (left() > 0 && (await freed(left()))) return [];
  // The holder may have died while it was waited for.
  const endedLate = waitMs > 0 ? await endStrays(readHolder(opened), freed, strays) : undefined;
  if (endedLate !== undefined) return [endedLate];
  throw busy(rig, readHolder(opened), waitMs);
}

/**
 * Takes the locks of the rig's board, waiting up to `waitMs` for their present holder; what is provably left of a dead
 * holder is ended first (some seconds more). Rejects RIG_BUSY (naming the holder, since when and its job), LOCK_FAILED
 * where locking is not possible at all, ABORTED by `signal`; nothing is held then. What a dead holder left in the
 * files is no obstacle: only the kernel's lock counts.
 */
export async function acquireLock(rig: RigFile, options: LockOptions = {}): Promise<Lock> {
  const { waitMs = 0, environment = process.env, signal, strays = strayLimits } = options;
  if (isEmulated(rig)) return unshared;
  const began = systemClock.now();
  const left = (): number => Math.max(0, waitMs - toMs(systemClock.now() - began));
  const holder = ownHolder(rig.name, environment);
  const opened: LockFile[] = [];
  const ended: string[] = [];
  try {
    for (const name of await lockNames(rig)) {
      const file = openLockFile(name, environment);
      opened.push(file);
      ended.push(...(await take(file, { rig, left, waitMs, signal, strays })));
      writeHolder(file, holder);
    }
    return new HeldLock(opened, holder, ended);
  } catch (error) {
    closeAll(opened);
    throw error;
  }
}
