import { findRig } from '../../../rigs/file/find-rig.ts';
import { loadRigFile } from '../../../rigs/file/load-rig-file.ts';
import type { Exchange } from '../../at/exchange.ts';
import { escapeBytes } from '../../base/escape.ts';
import { memoryTrace } from '../../base/trace.ts';
import { guardIdentity } from '../../bc26/identity.ts';
import { createModule, type Module } from '../../bc26/module.ts';
import { openBench } from '../../bc26/open-bench.ts';
import { start } from '../../bc26/start.ts';
import { maskPrivateKey, privateKeysIn } from '../../cmdmp/mask.ts';
import { withFaults } from '../../jest/session/with-faults.ts';
import { redacted, redactorOf } from '../redacted.ts';
import { refuseUnknownFaults } from '../unknown-faults.ts';
import { withBoard } from '../with-board.ts';
import { checkCommands } from './check-commands.ts';
import { notReady, withoutTrace } from './explained.ts';

/**
 * The command `at`: brings the board up, sends the commands one after the other, prints the answers to standard
 * output, and puts the board at rest.
 * @param rigName NAME or FILE
 * @param faults of the firmware, switched on in an emulated module
 * @returns the exit code: 0 every command was answered OK, 1 one was refused, 130 or 143 stopped by a signal
 * @throws usage and rig errors; NOT_READY when the module refused what makes it ready; what `Module.at` rejects with, for a command that was not answered
 */
export async function sendCommands(
  rigName: string,
  commands: readonly string[],
  faults: readonly string[] = [],
): Promise<number> {
  checkCommands(commands);
  const rig = withFaults(await loadRigFile(await findRig(rigName)), faults);
  await refuseUnknownFaults(faults);
  const redactor = redactorOf(rig);
  redactor?.learn(commands.flatMap(privateKeysIn));
  // The trace is not kept. The redactor reads it to learn private keys that the module shows.
  const trace = redactor?.trace(memoryTrace()) ?? memoryTrace();
  return withBoard(rig, { name: 'at', trace }, async ({ board, signal }) => {
    const bench = openBench({
      rig,
      board,
      trace,
      shown: maskPrivateKey,
      say: (text) => process.stderr.write(`${text}\n`),
    });
    try {
      const started = await start(bench, signal).catch((error: unknown) => {
        throw notReady(error, rigName);
      });
      guardIdentity(started.identity, rig.module);
      const module = createModule(bench, started).until(signal);
      let refused = false;
      for (const command of commands) {
        const { text, ok } = await carryOut(module, command);
        process.stdout.write(redactor?.text(text) ?? text);
        refused ||= !ok;
      }
      return refused ? 1 : 0;
    } catch (error) {
      throw redacted(withoutTrace(error, rigName), redactor);
    } finally {
      bench.at.close();
    }
  });
}

/** A replay of what `qualify` found may contain this command. It has no final result to wait for. */
const isReset = (command: string): boolean => /^AT\+QRST=1$/i.test(command);

/** @returns the lines to print, and whether the command was answered OK */
async function carryOut(module: Module, command: string): Promise<{ text: string; ok: boolean }> {
  if (isReset(command)) {
    const { bootMs } = await module.reboot('soft');
    return { text: `${command}\nrestarted  (${Math.round(bootMs)} ms)\n`, ok: true };
  }
  const exchange = await module.at(command);
  return { text: linesOf(exchange), ok: exchange.final.kind === 'OK' };
}

/** An exchange for a person, control bytes escaped. */
function linesOf({ command, information, final, timing }: Exchange): string {
  const lines = [command, ...information, final.text].map((line) => escapeBytes(Buffer.from(line, 'latin1')));
  return `${lines.join('\n')}  (${timing.hi.toFixed(1)} ms)\n`;
}
