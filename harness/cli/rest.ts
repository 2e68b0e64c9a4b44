import path from 'node:path';

import { Command } from 'commander';

import { findRig } from '../../rigs/file/find-rig.ts';
import { checkRigFile } from '../../rigs/file/load-rig-file.ts';
import { isEmulated } from '../../rigs/file/rig-file.ts';
import { acquireLock } from '../../rigs/lock/lock.ts';
import { completeCutRuns } from '../run/complete-cut.ts';
import { restBoard } from '../run/rest-board.ts';
import type { Finish } from './finish.ts';

const reports = path.resolve(import.meta.dirname, '../../reports');

/** `rest --rig R`: puts a board at rest, in a CI step that always runs or by hand. */
export function restCommand(finish: Finish): Command {
  return new Command('rest')
    .description('put a board at rest after a run was killed, or to be sure')
    .requiredOption('--rig <name|file>', 'a rig in rigs/ by name, or any rig file')
    .addHelpText(
      'after',
      `
Ends the processes that a killed run left, drives the resting levels with the rig's control driver, and completes
the record of the killed run. The port stays closed.

Exit code 0 when the board is at rest, 2 for a mistake in the rig file, 3 when another process uses the board or it
could not be put at rest.

  bc26-hil rest --rig bench.yaml`,
    )
    .action(async ({ rig: named }: { rig: string }) => {
      // The credentials are not needed: their environment variable may be unset.
      const { rig } = await checkRigFile(await findRig(named));
      // A full disk must not keep the board from its rest.
      const lock = await acquireLock(rig, { evenUnlocked: true });
      for (const line of lock.ended) process.stdout.write(`${rig.name}: ${line}\n`);
      try {
        await restBoard(rig, lock);
        for (const line of await completeCutRuns(reports, rig.name))
          process.stdout.write(`${rig.name}: ${line}\n`);
      } finally {
        lock.release();
      }
      const text = isEmulated(rig) ? 'nothing to do: an emulated board ends with its run' : 'at rest';
      process.stdout.write(`${rig.name}: ${text}\n`);
      finish(0);
    });
}
