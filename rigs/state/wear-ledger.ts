import { closeSync, existsSync, fstatSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';

import { z } from 'zod';

import { HilError, isHilError, messageOf } from '../../harness/base/error.ts';
import { makeFolder } from '../../harness/base/make-folder.ts';
import { readFileWithin } from '../../harness/base/read-file-within.ts';
import { replaceFile } from '../../harness/base/replace-file.ts';
import { stateFolder } from './state-folder.ts';

/**
 * Counts the NVRAM writes of a module over all runs of this machine. Each module has a folder, each run a file in it: a
 * line `+N` is appended as writes are accepted, so that a killed run has counted all writes but the last. The next run adds
 * the files of those before it up in `total.json`, and removes them.
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
}

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

/**
 * Adds up the files of earlier runs, so that a state folder does not grow with every night. A kill at any moment loses
 * none and counts none twice: what the total names as added is not counted again.
 * @returns the writes of all runs
 */
function addUp(folder: string): number {
  const file = path.join(folder, 'total.json');
  const { writes, added } = readTotal(file);
  const names = readdirSync(folder).filter((name) => name.endsWith('.writes'));
  const open = names.filter((name) => !added.includes(name));
  const sum = open.reduce((all, name) => all + countWrites(readFileWithin(path.join(folder, name))), writes);
  if (names.length === 0) return sum;
  // On the disk before the files go: a loss of power must not take both.
  replaceFile(file, `${JSON.stringify({ writes: sum, added: names })}\n`, { folderToo: true });
  for (const name of names) rmSync(path.join(folder, name), { force: true });
  return sum;
}

/** Opens the ledger of a module for one run. @throws LEDGER_FAILED */
export function openWearLedger({ imei, now, environment = process.env }: LedgerOptions): WearLedger {
  const folder = path.join(stateFolder(environment), 'wear', imei);
  const run = `${now.toISOString().replaceAll(/[:.]/g, '-')}-${process.pid}`;
  let files = 0;
  const openFile = (): number => openSync(path.join(folder, `${run}-${++files}.writes`), 'a');
  try {
    makeFolder(folder);
    const writesBefore = addUp(folder);
    return createLedger(openFile, folder, writesBefore);
  } catch (cause) {
    if (isHilError(cause)) throw cause;
    throw ledgerError(folder, cause);
  }
}

function createLedger(openFile: () => number, folder: string, writesBefore: number): WearLedger {
  let open = true;
  let fd = openFile();
  return {
    writesBefore,
    add(writes) {
      if (!open || writes === 0) return;
      try {
        // Another run of the same module has added this file up: its name is not counted again.
        if (fstatSync(fd).nlink === 0) {
          closeSync(fd);
          fd = openFile();
        }
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
