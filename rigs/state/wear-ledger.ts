import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, writeSync } from 'node:fs';
import path from 'node:path';

import { HilError, messageOf } from '../../harness/base/error.ts';
import { stateFolder } from './state-folder.ts';

/**
 * How often a module's NVRAM was written to, over all runs of this machine. One folder a module, one file a run:
 * a line `+N` is appended as writes are accepted, so a run that is killed has counted all but the last, and runs
 * at the same time do not touch each other's figures.
 */
export interface WearLedger {
  /** Writes of all runs before this one was opened. */
  readonly writesBefore: number;
  /** Counts writes of this run. @throws LEDGER_FAILED */
  add(writes: number): void;
  close(): void;
}

interface LedgerOptions {
  /** 15 digits: they name the folder. */
  readonly imei: string;
  readonly now: Date;
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

const ledgerError = (folder: string, cause: unknown): HilError =>
  new HilError('LEDGER_FAILED', `cannot keep the wear ledger in ${folder}: ${messageOf(cause)}`, {
    remedy: 'see to the folder and its permissions; BC26_HIL_STATE names another for what outlives a run',
    cause,
  });

/** Whole lines only: a line that a power cut tore counts nothing. */
function writesIn(text: string): number {
  const lines = text.split('\n').slice(0, -1);
  return lines.reduce((sum, line) => sum + (/^\+\d{1,6}$/.test(line) ? Number(line) : 0), 0);
}

const total = (folder: string): number =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.writes'))
    .reduce((sum, name) => sum + writesIn(readFileSync(path.join(folder, name), 'latin1')), 0);

/**
 * Opens the ledger of a module for one run.
 * @throws LEDGER_FAILED
 */
export function openWearLedger({ imei, now, environment = process.env }: LedgerOptions): WearLedger {
  const folder = path.join(stateFolder(environment), 'wear', imei);
  try {
    mkdirSync(folder, { recursive: true });
    const writesBefore = total(folder);
    const name = `${now.toISOString().replaceAll(/[:.]/g, '-')}-${process.pid}.writes`;
    return ledgerOn(openSync(path.join(folder, name), 'a'), folder, writesBefore);
  } catch (cause) {
    throw ledgerError(folder, cause);
  }
}

function ledgerOn(fd: number, folder: string, writesBefore: number): WearLedger {
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
