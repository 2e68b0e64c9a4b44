import { closeSync, openSync, readdirSync, writeSync } from 'node:fs';
import path from 'node:path';

import { HilError, messageOf } from '../../harness/base/error.ts';
import { makeFolder } from '../../harness/base/make-folder.ts';
import { readFileWithin } from '../../harness/base/read-file-within.ts';
import { stateFolder } from './state-folder.ts';

/**
 * Counts the NVRAM writes of a module over all runs of this machine. Each module has a folder, each run a file in it:
 * a line `+N` is appended as writes are accepted. So a killed run has counted all writes but the last, and runs at the
 * same time do not disturb each other.
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

const countAllWrites = (folder: string): number =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.writes'))
    .reduce((sum, name) => sum + countWrites(readFileWithin(path.join(folder, name))), 0);

/** Opens the ledger of a module for one run. @throws LEDGER_FAILED */
export function openWearLedger({ imei, now, environment = process.env }: LedgerOptions): WearLedger {
  const folder = path.join(stateFolder(environment), 'wear', imei);
  try {
    makeFolder(folder);
    const writesBefore = countAllWrites(folder);
    const name = `${now.toISOString().replaceAll(/[:.]/g, '-')}-${process.pid}.writes`;
    return createLedger(openSync(path.join(folder, name), 'a'), folder, writesBefore);
  } catch (cause) {
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
