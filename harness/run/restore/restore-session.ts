import type { RigFile } from '../../../rigs/file/rig-file.ts';
import { acquireLock, type Lock } from '../../../rigs/lock/lock.ts';
import { dropOriginal, originalFile } from '../../../rigs/state/originals.ts';
import { memoryTrace } from '../../base/trace.ts';
import type { PowerSavingFound } from '../../bc26/bench.ts';
import { guardIdentity } from '../../bc26/identity.ts';
import { createModule } from '../../bc26/module.ts';
import { openBench } from '../../bc26/open-bench.ts';
import { start } from '../../bc26/start.ts';
import { maskPrivateKey } from '../../cmdmp/mask.ts';
import { redacted, redactorOf } from '../redacted.ts';
import { withBoard } from '../with-board.ts';
import { giveBackModule, originalOf } from './give-back-module.ts';

/**
 * Gives the rig's module back what an earlier run found in it. Opens the board only if something is kept of it, and
 * leaves it at rest.
 * @param say is called with each sentence for people
 * @param lock held by the caller; without it the rig is locked here
 * @returns the exit code: 0 nothing is left to put back, 3 something is, 130 or 143 stopped by a signal
 * @throws rig errors, IDENTITY_MISMATCH, ORIGINAL_UNREADABLE, RESTORE_FAILED
 */
export async function restoreModule(rig: RigFile, say: (text: string) => void, lock?: Lock): Promise<number> {
  if (!originalOf(rig)) {
    say(`nothing is kept of module ${rig.module.imei}: there is nothing to put back`);
    return 0;
  }
  const redactor = redactorOf(rig);
  const trace = redactor?.trace(memoryTrace()) ?? memoryTrace();
  const told = (text: string): void => say(redactor?.text(text) ?? text);
  const options = { name: 'restore', trace, ...(lock && { lock }) };
  return withBoard(rig, options, async ({ board, untilDurable, signal }) => {
    const powerSaving: PowerSavingFound = new Map();
    const bench = openBench({ rig, board, trace, shown: maskPrivateKey, powerSaving, say: told });
    try {
      const started = await start(bench, signal);
      guardIdentity(started.identity, rig.module);
      // Read again under the lock: the run that kept it may have put it back meanwhile.
      const original = originalOf(rig);
      if (!original) return 0;
      const module = createModule(bench, started).until(signal);
      const durable = async (): Promise<string | undefined> => {
        await untilDurable();
        return signal.aborted ? 'it was interrupted before all was durable' : undefined;
      };
      return (await giveBackModule({ rig, original, module, powerSaving, durable, say: told })) ? 0 : 3;
    } catch (error) {
      throw redacted(error, redactor);
    } finally {
      bench.at.close();
    }
  });
}

/**
 * Gives up what is kept of the rig's module; the module is not touched. A damaged file can be given up, too.
 * @throws RIG_BUSY, ORIGINAL_NOT_KEPT
 */
export async function abandonOriginal(rig: RigFile, say: (text: string) => void): Promise<void> {
  const { imei } = rig.module;
  const lock = await acquireLock(rig);
  try {
    dropOriginal(imei);
  } finally {
    lock.release();
  }
  say(`what was kept of module ${imei} is given up (${originalFile(imei)}): it stays as it is now`);
}
