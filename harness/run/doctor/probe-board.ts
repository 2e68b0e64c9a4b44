import { type Board, openBoard } from '../../../rigs/board.ts';
import type { RigFile } from '../../../rigs/file/rig-file.ts';
import type { Lock } from '../../../rigs/lock/lock.ts';
import { shareLock } from '../../../rigs/lock/share-lock.ts';
import { isHilError } from '../../base/error.ts';
import type { TraceSink } from '../../base/trace.ts';
import { openBench } from '../../bc26/open-bench.ts';
import { maskPrivateKey } from '../../cmdmp/mask.ts';
import { brokenBy } from './findings/broken-by.ts';
import { type Finding, ok } from './findings/finding.ts';
import type { Figures, ProbeContext } from './probes/probe-context.ts';
import { type Extent, runProbes } from './probes/run-probes.ts';

export interface BoardProbing {
  readonly rig: RigFile;
  /** The environment variable that has the rig's private key and is not set. */
  readonly unset?: string | undefined;
  readonly lock: Lock;
  readonly extent: Extent;
  /** Where an emulated board keeps its files. */
  readonly folder: string;
  readonly trace: TraceSink;
  readonly signal: AbortSignal;
  readonly figures: Figures;
  readonly report: (finding: Finding) => void;
  readonly begin: ProbeContext['begin'];
}

/**
 * Opens the board, runs the probes, and leaves it at rest whatever happens.
 * @throws ABORTED, after the board was put at rest
 */
export async function probeBoard(probing: BoardProbing): Promise<void> {
  const board = await tryOpen(probing);
  if (!board) return;
  try {
    await probeOpened(board, probing);
  } finally {
    await leaveAtRest(board, probing.report);
    await board.close();
  }
}

async function tryOpen({ rig, lock, folder, trace, report }: BoardProbing): Promise<Board | undefined> {
  try {
    const board = await openBoard(rig, { runFolder: folder, trace, seed: 0, ...shareLock(lock) });
    report(ok('open', `${portState(rig, board)}; the board is at rest (${board.control.driver})`));
    return board;
  } catch (error) {
    if (!isHilError(error)) throw error;
    report(brokenBy('open', error, 'check the port and the control driver'));
    return undefined;
  }
}

const portState = ({ serial }: RigFile, { port }: Board): string =>
  serial.reopen ? `${port.path} will be opened with the supply` : `${port.path} is open at ${port.baud} baud`;

async function probeOpened(
  board: Board,
  { rig, unset, extent, trace, signal, figures, report, begin }: BoardProbing,
): Promise<void> {
  const { port } = board;
  const bench = openBench({ rig, board, trace, shown: maskPrivateKey });
  const { at } = bench;
  // A restart in the middle of a probe is a finding. Announced, it does not fail the command it interrupts.
  const endAnnouncement = at.expectBoot();
  try {
    await runProbes({ rig, unset, bench, port, signal, figures, begin }, extent, report);
  } finally {
    endAnnouncement();
    at.close();
  }
}

async function leaveAtRest({ control }: Board, report: (finding: Finding) => void): Promise<void> {
  try {
    await control.rest();
  } catch (error) {
    report(brokenBy('rest', error, 'switch the board off by hand, then check its control driver'));
  }
}
