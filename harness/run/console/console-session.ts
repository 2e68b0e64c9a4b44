import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { Command } from 'commander';

import { openBoard } from '../../../rigs/board.ts';
import { findRig } from '../../../rigs/file/find-rig.ts';
import { loadRigFile } from '../../../rigs/file/load-rig-file.ts';
import type { RigFile } from '../../../rigs/file/rig-file.ts';
import { heldBy } from '../../../rigs/lock/held-by.ts';
import { acquireLock, type Lock } from '../../../rigs/lock/lock.ts';
import { stateFolder } from '../../../rigs/state/state-folder.ts';
import { systemClock } from '../../base/clock.ts';
import { messageOf } from '../../base/error.ts';
import { everyOne } from '../../base/every-one.ts';
import { memoryTrace } from '../../base/trace.ts';
import { watchSaves } from '../../cmdmp/saves.ts';
import { type ConsoleEnd, runConsole } from './console.ts';
import { readHistory, writeHistory } from './history.ts';
import { keyHelp } from './keys.ts';
import { redactorOf } from '../redacted.ts';
import { exitCodeOfSignal, openStopWatch, type StopWatch } from '../signals.ts';
import type { Finish } from '../../cli/main.ts';

/** `console --rig R`: a terminal on a board. */
export function consoleCommand(finish: Finish): Command {
  return new Command('console')
    .description('talk to a module: a terminal with time stamps, reset and power keys')
    .option('--rig <name|file>', 'a rig of rigs/, or a rig file anywhere', 'emulated')
    .addHelpText(
      'after',
      `
Switches the module on, and puts the board at rest at the end. Each line is sent with CR; each that comes is
shown with the seconds since the start, control characters escaped (\\r, \\n, \\x1b), one line per line feed.
${keyHelp}

Lines can be piped in, too: AT is sent once a second until the module has booted and answers, then each line waits
for the final result of the one before (5 s at most), and the console ends after the last answer. The module is
not compared with the rig file, and nothing is put back: a command that saves or erases does so for good, and the
supply stays on until that is durable (module.durableMs after its OK). Once a line is sent, no more than four
characters of a private key stay on the screen, typed or answered, unless the module is emulated.
Exit code 0 at its end, whatever was answered; 2 for a mistake in the rig file, 3 when the rig failed or the port
vanished, 130 or 143 when a signal ended it (the board was put at rest).

  bc26-hil console --rig bench.yaml
  printf 'ATI\\nAT+QDMPCFG?\\n' | bc26-hil console --rig bench.yaml`,
    )
    .action(async ({ rig: named }: { rig: string }) => {
      const rig = await loadRigFile(await findRig(named));
      const lock = await acquireLock(rig, { waitMs: 5_000 });
      // From here on a signal ends the console, never the process: the board is put at rest first.
      const stop = openStopWatch();
      try {
        const { gone } = await talk(rig, lock, stop);
        finish(stop.asked ? exitCodeOfSignal(stop.asked.signal) : gone ? 3 : 0);
      } finally {
        stop.end();
        lock.release();
      }
    });
}

async function talk(rig: RigFile, lock: Lock, stop: StopWatch): Promise<ConsoleEnd> {
  const runFolder = await mkdtemp(path.join(tmpdir(), 'bc26-hil-console-'));
  const board = await openBoard(rig, { runFolder, trace: memoryTrace(), seed: 0, ...heldBy(lock) });
  const ending = new AbortController();
  stop.onAsked(() => ending.abort());
  const history = path.join(stateFolder(), 'console-history');
  const input = process.stdin;
  const { control } = board;
  const saves = watchSaves({ port: board.port, clock: systemClock, durableMs: rig.module.durableMs });
  const relyOnSaves = async (): Promise<void> => {
    const lost = await saves.durable(ending.signal);
    if (lost !== undefined) process.stderr.write(`${lost}\n`);
  };
  const off = async (): Promise<void> => {
    await relyOnSaves();
    await control.off();
  };
  try {
    const end = await runConsole({
      board: { port: saves.port, control: { ...control, off } },
      input,
      output: process.stdout,
      clock: systemClock,
      history: readHistory(history),
      redactor: redactorOf(rig),
      signal: ending.signal,
    });
    if (input.isTTY) keep(history, end.history);
    return end;
  } finally {
    await relyOnSaves();
    await everyOne([
      () => control.rest(),
      () => board.close(),
      () => rm(runFolder, { recursive: true, force: true }),
    ]);
  }
}

/** A history that cannot be kept is a pity, not an error. */
function keep(file: string, lines: readonly string[]): void {
  try {
    writeHistory(file, lines);
  } catch (error) {
    process.stderr.write(`the history could not be kept: ${messageOf(error)}\n`);
  }
}
