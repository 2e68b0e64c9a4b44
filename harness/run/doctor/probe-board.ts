import { type Board, openBoard } from '../../../rigs/board.ts';
import type { RigFile } from '../../../rigs/file/rig-file.ts';
import { heldBy } from '../../../rigs/lock/held-by.ts';
import type { Lock } from '../../../rigs/lock/lock.ts';
import { isHilError } from '../../base/error.ts';
import type { TraceSink } from '../../base/trace.ts';
import { openBench } from '../../bc26/open-bench.ts';
import { maskPrivateKey } from '../../cmdmp/mask.ts';
import { brokenBy } from './findings/broken-by.ts';
import { type Finding, ok } from './findings/finding.ts';
import { examine, type Extent } from './probes/run-probes.ts';
import type { Figures } from './probes/probe-context.ts';

export interface Operation {
  readonly rig: RigFile;
  readonly lock: Lock;
  readonly extent: Extent;
  /** Where an emulated board keeps its files. */
  readonly folder: string;
  readonly trace: TraceSink;
  readonly signal: AbortSignal;
  readonly figures: Figures;
  readonly tell: (finding: Finding) => void;
}

/**
 * The active part: opens the board, examines it, and leaves it at rest whatever happened.
 * @throws ABORTED, after the board was put at rest
 */
export async function operate(operation: Operation): Promise<void> {
  const board = await opened(operation);
  if (!board) return;
  try {
    await examined(board, operation);
  } finally {
    await atRest(board, operation.tell);
    await board.close();
  }
}

async function opened({ rig, lock, folder, trace, tell }: Operation): Promise<Board | undefined> {
  try {
    const board = await openBoard(rig, { runFolder: folder, trace, seed: 0, ...heldBy(lock) });
    tell(ok('open', `${portState(rig, board)}; the board is at rest (${board.control.driver})`));
    return board;
  } catch (error) {
    if (!isHilError(error)) throw error;
    tell(brokenBy('open', error, 'see to the port and the control driver'));
    return undefined;
  }
}

const portState = ({ serial }: RigFile, { port }: Board): string =>
  serial.reopen ? `${port.path} will be opened with the supply` : `${port.path} is open at ${port.baud} baud`;

async function examined(
  board: Board,
  { rig, extent, trace, signal, figures, tell }: Operation,
): Promise<void> {
  const { port } = board;
  const bench = openBench({ rig, board, trace, shown: maskPrivateKey });
  const { at } = bench;
  // A restart in the middle is a finding, not an error of the command it meets.
  const announced = at.expectBoot();
  try {
    await examine({ rig, bench, port, signal, figures }, extent, tell);
  } finally {
    announced();
    at.close();
  }
}

async function atRest({ control }: Board, tell: (finding: Finding) => void): Promise<void> {
  try {
    await control.rest();
  } catch (error) {
    tell(brokenBy('rest', error, 'switch the board off by hand, then see to its control driver'));
  }
}
