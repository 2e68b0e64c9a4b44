import { rm } from 'node:fs/promises';

import { type Board, openBoard } from '../../rigs/board.ts';
import type { RigFile } from '../../rigs/file/rig-file.ts';
import { acquireLock, type Lock } from '../../rigs/lock/lock.ts';
import { shareLock } from '../../rigs/lock/share-lock.ts';
import { systemClock } from '../base/clock.ts';
import { hasCode, HilError } from '../base/error.ts';
import { runAll } from '../base/run-all.ts';
import { makeTemporaryFolder } from '../base/temporary-folder.ts';
import type { TraceSink } from '../base/trace.ts';
import { type Saves, watchSaves } from '../cmdmp/saves.ts';
import { exitCodeOfSignal, listenForStop } from './signals.ts';

/** How long `at` and `console` wait for a rig that another process uses, ms. */
const LOCK_WAIT_MS = 5_000;

export interface OpenedBoard {
  /** Its port is the watched one: commands that save are seen on it. */
  readonly board: Pick<Board, 'port' | 'control'>;
  /** Waits until all that was saved is durable; prints what may be lost where `signal` cuts the wait short. */
  readonly untilDurable: () => Promise<void>;
  /** Aborts with ABORTED at a request to stop. */
  readonly signal: AbortSignal;
}

interface WithBoardOptions {
  /** Names the temporary folder in which an emulated board keeps its files. */
  readonly name: string;
  readonly trace: TraceSink;
  /** Held by the caller; without it the rig is locked here. */
  readonly lock?: Lock | undefined;
}

/**
 * Locks a rig and opens its board for a command that sends what a person typed, without a run folder. Whatever ends
 * the command, saves are given their time and the board is put at rest.
 * @param use returns the exit code
 * @returns that exit code; 130 or 143 when a signal ended the command
 * @throws FOLDER_UNUSABLE, RIG_BUSY, and what `openBoard`, `use` and the control driver reject with
 */
export async function withBoard(
  rig: RigFile,
  { name, trace, lock }: WithBoardOptions,
  use: (opened: OpenedBoard) => Promise<number>,
): Promise<number> {
  const stop = listenForStop();
  const ending = new AbortController();
  stop.onRequest(({ why }) => ending.abort(new HilError('ABORTED', why)));
  try {
    const exitCode = await useLocked(rig, { name, trace, lock }, ending.signal, use);
    return stop.request ? exitCodeOfSignal(stop.request.signal) : exitCode;
  } catch (error) {
    if (!stop.request || !hasCode(error, 'ABORTED')) throw error;
    return exitCodeOfSignal(stop.request.signal);
  } finally {
    stop.end();
  }
}

async function useLocked(
  rig: RigFile,
  { name, trace, lock: held }: WithBoardOptions,
  signal: AbortSignal,
  use: (opened: OpenedBoard) => Promise<number>,
): Promise<number> {
  const lock = held ?? (await acquireLock(rig, { waitMs: LOCK_WAIT_MS, signal }));
  try {
    const runFolder = makeTemporaryFolder(name);
    try {
      const board = await openBoard(rig, { runFolder, trace, seed: 0, ...shareLock(lock) });
      return await useBoard(rig, board, signal, use);
    } finally {
      await rm(runFolder, { recursive: true, force: true });
    }
  } finally {
    if (!held) lock.release();
  }
}

async function useBoard(
  rig: RigFile,
  board: Board,
  signal: AbortSignal,
  use: (opened: OpenedBoard) => Promise<number>,
): Promise<number> {
  const { control } = board;
  const saves = watchSaves({ port: board.port, clock: systemClock, durableMs: rig.module.durableMs });
  const untilDurable = (): Promise<void> => printLoss(saves, signal);
  try {
    return await use({ board: { port: saves.port, control }, untilDurable, signal });
  } finally {
    await untilDurable();
    await runAll([() => control.rest(), () => board.close()]);
  }
}

async function printLoss(saves: Saves, signal: AbortSignal): Promise<void> {
  const lost = await saves.durable(signal);
  if (lost !== undefined) process.stderr.write(`${lost}\n`);
}
