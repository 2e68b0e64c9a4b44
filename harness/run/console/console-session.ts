import path from 'node:path';

import { findRig } from '../../../rigs/file/find-rig.ts';
import { loadRigFile } from '../../../rigs/file/load-rig-file.ts';
import { stateFolder } from '../../../rigs/state/state-folder.ts';
import { systemClock } from '../../base/clock.ts';
import { messageOf } from '../../base/error.ts';
import { memoryTrace } from '../../base/trace.ts';
import { redactorOf } from '../redacted.ts';
import { withBoard } from '../with-board.ts';
import { runConsole } from './console.ts';
import { readHistory, writeHistory } from './history.ts';

/**
 * The command `console`: a terminal on a board, on this process's own input and output.
 * @param rigName NAME or FILE
 * @returns the exit code: 0 at its end, 3 when the port vanished, 130 or 143 stopped by a signal
 * @throws usage and rig errors
 */
export async function openConsole(rigName: string): Promise<number> {
  const rig = await loadRigFile(await findRig(rigName));
  return withBoard(rig, { name: 'console', trace: memoryTrace() }, async (opened) => {
    const { port, control } = opened.board;
    const historyFile = path.join(stateFolder(), 'console-history');
    const input = process.stdin;
    const { gone, history } = await runConsole({
      board: { port, control: { ...control, off: () => opened.untilDurable().then(() => control.off()) } },
      input,
      output: process.stdout,
      clock: systemClock,
      history: readHistory(historyFile),
      redactor: redactorOf(rig),
      signal: opened.signal,
    });
    if (input.isTTY) keepHistory(historyFile, history);
    return gone ? 3 : 0;
  });
}

/** A history that cannot be written does not fail the session. */
function keepHistory(file: string, lines: readonly string[]): void {
  try {
    writeHistory(file, lines);
  } catch (error) {
    process.stderr.write(`the history could not be kept: ${messageOf(error)}\n`);
  }
}
