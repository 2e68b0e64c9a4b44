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
import { createAtClient } from '../../at/client.ts';
import type { Exchange } from '../../at/exchange.ts';
import { systemClock, toMs } from '../../base/clock.ts';
import { hasCode, HilError } from '../../base/error.ts';
import { escapeBytes } from '../../base/escape.ts';
import { everyOne } from '../../base/every-one.ts';
import { memoryTrace } from '../../base/trace.ts';
import { type Bench, defaultBootTiming } from '../../bc26/bench.ts';
import { bringUp } from '../../bc26/bring-up.ts';
import { guardIdentity } from '../../bc26/identity.ts';
import { isSilence } from '../../bc26/probe.ts';
import { start } from '../../bc26/start.ts';
import { maskPrivateKey, privateKeysIn } from '../../cmdmp/mask.ts';
import { watchSaves } from '../../cmdmp/saves.ts';
import { redacted, redactorOf } from '../redacted.ts';
import { exitCodeOfSignal, openStopWatch } from '../signals.ts';
import type { Finish } from '../../cli/main.ts';

/** `at --rig R 'AT+…' …`: brings the board up, sends the commands one after the other, puts it at rest. */
export function atCommand(finish: Finish): Command {
  return new Command('at')
    .description('bring a board up, send single commands, print the answers, put the board at rest')
    .option('--rig <name|file>', 'a rig of rigs/, or a rig file anywhere', 'emulated')
    .argument('<command...>', "command lines, each as one argument: 'AT+QDMPCFG?'")
    .addHelpText(
      'after',
      `
Exit code 0 when every command was answered OK, 1 when one was answered with an error or not at all, 130 or 143
when a signal ended it (the board was put at rest). Power saving (AT+CPSMS, AT+CEDRXS) that is on is switched
off first, and stays off. Nothing is put back: a command that saves or erases does so for good, and the supply
stays on until that is durable (module.durableMs after its OK). Of a private key, typed or answered by a module
that is not emulated, no more than four characters are printed.

  bc26-hil at 'AT+QDMPCFG=4,1'
  bc26-hil at --rig bench.yaml ATI 'AT+QDMPCFG?' 'AT+QDMPCFGEX=0,1'`,
    )
    .action(async (commands: string[], { rig: named }: { rig: string }) => {
      const rig = await loadRigFile(await findRig(named));
      // From here on a signal ends the commands, never the process: the board is put at rest first.
      const stop = openStopWatch();
      const ending = new AbortController();
      stop.onAsked(({ why }) => ending.abort(new HilError('ABORTED', why)));
      try {
        const exitCode = await talkLocked(rig, commands, ending.signal);
        finish(stop.asked ? exitCodeOfSignal(stop.asked.signal) : exitCode);
      } catch (error) {
        if (!stop.asked || !hasCode(error, 'ABORTED')) throw error;
        finish(exitCodeOfSignal(stop.asked.signal));
      } finally {
        stop.end();
      }
    });
}

async function talkLocked(rig: RigFile, commands: readonly string[], signal: AbortSignal): Promise<number> {
  const lock = await acquireLock(rig, { waitMs: 5_000, signal });
  try {
    return await talk(rig, commands, lock, signal);
  } finally {
    lock.release();
  }
}

/** Brings the board up, has the commands answered and puts it at rest; 1 where one was refused, else 0. */
async function talk(
  rig: RigFile,
  commands: readonly string[],
  lock: Lock,
  signal: AbortSignal,
): Promise<number> {
  const runFolder = await mkdtemp(path.join(tmpdir(), 'bc26-hil-at-'));
  const redactor = redactorOf(rig);
  redactor?.learn(commands.flatMap(privateKeysIn));
  const hidden = (text: string): string => redactor?.text(text) ?? text;
  // Nobody keeps this trace: from it the redactor knows what the module leaks.
  const trace = redactor?.trace(memoryTrace()) ?? memoryTrace();
  const board = await openBoard(rig, { runFolder, trace, seed: 0, ...heldBy(lock) });
  const { control } = board;
  const saves = watchSaves({ port: board.port, clock: systemClock, durableMs: rig.module.durableMs });
  const { port } = saves;
  const at = createAtClient({ port, clock: systemClock, trace, shown: maskPrivateKey });
  const timing = { ...defaultBootTiming, hardMs: rig.module.bootDeadlineMs };
  const bench: Bench = { at, control, clock: systemClock, trace, port, timing, guard: rig.module };
  try {
    const { identity } = await start(bench, signal);
    guardIdentity(identity, rig.module);
    let refused = false;
    for (const command of commands) {
      if (restarts.test(command)) {
        await restart(bench, command, signal);
        continue;
      }
      const exchange = await at.send(command, { signal });
      process.stdout.write(hidden(show(exchange)));
      refused ||= exchange.final.kind !== 'OK';
    }
    return refused ? 1 : 0;
  } catch (error) {
    throw redacted(error, redactor);
  } finally {
    at.close();
    const lost = await saves.durable(signal);
    if (lost !== undefined) process.stderr.write(`${lost}\n`);
    await everyOne([
      () => control.rest(),
      () => board.close(),
      () => rm(runFolder, { recursive: true, force: true }),
    ]);
  }
}

/** A replay of what `qualify` found may hold it. */
const restarts = /^AT\+QRST=1$/i;

/** Restarts the module and brings it up again. */
async function restart(bench: Bench, command: string, signal: AbortSignal): Promise<void> {
  const announced = bench.at.expectBoot();
  const trigger = systemClock.now();
  try {
    await bench.at.send(command, { deadlineMs: 1_000, signal });
  } catch (error) {
    if (!isSilence(error)) throw error;
  }
  await bringUp(bench, trigger, signal);
  announced();
  process.stdout.write(`${command}\nrestarted  (${Math.round(toMs(systemClock.now() - trigger))} ms)\n`);
}

/** The exchange as lines a person reads; control bytes escaped. */
function show({ command, information, final, timing }: Exchange): string {
  const lines = [command, ...information, final.text].map((line) => escapeBytes(Buffer.from(line, 'latin1')));
  return `${lines.join('\n')}  (${timing.hi.toFixed(1)} ms)\n`;
}
