import { closeSync, existsSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';

import { z } from 'zod';

import { HilError, isHilError, messageOf } from '../../harness/base/error.ts';
import { makeFolder } from '../../harness/base/make-folder.ts';
import { readFileWithin } from '../../harness/base/read-file-within.ts';
import { replaceFile } from '../../harness/base/replace-file.ts';
import { stateFolder } from './state-folder.ts';

/**
 * Counts the NVRAM writes of a module over all runs of this machine. Each module has a folder, each run a file in it: a
 * line `+N` is appended as writes are accepted, so that a killed run has counted all writes but the last, and runs at the
 * same time do not disturb each other. A later run adds the files of those that have ended up in `total.json`, and removes
 * them.
 */
export interface WearLedger {
  /** Writes of all runs, at the time this ledger was opened. */
  readonly writesBefore: number;
  /** Counts writes of this run. @throws LEDGER_FAILED */
  add(writes: number): void;
  close(): void;
}

interface LedgerOptions {
  /** 15 digits; the name of the folder. */
  readonly imei: string;
  readonly now: Date;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Whether there is a process of this id. */
  readonly isRunning?: (pid: number) => boolean;
}

const isProcess = (pid: number): boolean => existsSync(`/proc/${pid}`);

const ledgerError = (folder: string, cause: unknown): HilError =>
  new HilError('LEDGER_FAILED', `cannot keep the wear ledger in ${folder}: ${messageOf(cause)}`, {
    remedy: 'make the folder writable for this user, or set BC26_HIL_STATE to another folder',
    cause,
  });

/** Counts whole lines only: a power cut may have cut the last one. */
function countWrites(text: string): number {
  const lines = text.split('\n').slice(0, -1);
  return lines.reduce((sum, line) => sum + (/^\+\d{1,6}$/.test(line) ? Number(line) : 0), 0);
}

/** What files that were added up held, and their names, as long as they may still be there. */
const totalOf = z.object({ writes: z.int().min(0), added: z.array(z.string()) });

function readTotal(file: string): z.infer<typeof totalOf> {
  if (!existsSync(file)) return { writes: 0, added: [] };
  try {
    return totalOf.parse(JSON.parse(readFileWithin(file)));
  } catch (cause) {
    throw new HilError('LEDGER_FAILED', `${file} is damaged: ${messageOf(cause)}`, {
      remedy: 'remove it: the count of what was written before begins anew',
      cause,
    });
  }
}

/** Whether the run that writes a file has ended. */
const hasEnded = (name: string, isRunning: (pid: number) => boolean): boolean =>
  !isRunning(Number(/-(\d+)\.writes$/.exec(name)?.[1] ?? 0));

/**
 * Adds up the files of ended runs, so that a state folder does not grow with every night. A kill at any moment loses none
 * and counts none twice: what the total names as added is not counted again.
 * @returns the writes of all runs
 */
function addUp(folder: string, isRunning: (pid: number) => boolean): number {
  const file = path.join(folder, 'total.json');
  const { writes, added } = readTotal(file);
  const names = readdirSync(folder).filter((name) => name.endsWith('.writes'));
  const sumOf = (some: readonly string[]): number =>
    some.reduce((sum, name) => sum + countWrites(readFileWithin(path.join(folder, name))), 0);
  const open = names.filter((name) => !added.includes(name));
  const ended = open.filter((name) => hasEnded(name, isRunning));
  const running = sumOf(open.filter((name) => !ended.includes(name)));
  const gone = names.filter((name) => added.includes(name) || ended.includes(name));
  const total = writes + sumOf(ended);
  if (gone.length > 0) {
    // On the disk before the files go: a loss of power must not take both.
    replaceFile(file, `${JSON.stringify({ writes: total, added: gone })}\n`, { folderToo: true });
    for (const name of gone) rmSync(path.join(folder, name), { force: true });
  }
  return total + running;
}

/** Opens the ledger of a module for one run. @throws LEDGER_FAILED */
export function openWearLedger({
  imei,
  now,
  environment = process.env,
  isRunning = isProcess,
}: LedgerOptions): WearLedger {
  const folder = path.join(stateFolder(environment), 'wear', imei);
  const name = `${now.toISOString().replaceAll(/[:.]/g, '-')}-${process.pid}.writes`;
  try {
    makeFolder(folder);
    const writesBefore = addUp(folder, isRunning);
    return createLedger(openSync(path.join(folder, name), 'a'), folder, writesBefore);
  } catch (cause) {
    if (isHilError(cause)) throw cause;
    throw ledgerError(folder, cause);
  }
}

function createLedger(fd: number, folder: string, writesBefore: number): WearLedger {
  let open = true;
  return {
    writesBefore,
    add(writes) {
      if (!open || writes === 0) return;
      try {
        writeSync(fd, `+${writes}\n`);
      } catch (cause) {
        throw ledgerError(folder, cause);
      }
    },
    close() {
      if (!open) return;
      open = false;
      closeSync(fd);
    },
  };
}
