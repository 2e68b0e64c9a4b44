import path from 'node:path';

import { Command } from 'commander';

import { findRig } from '../../rigs/file/find-rig.ts';
import { checkRigFile } from '../../rigs/file/load-rig-file.ts';
import { isEmulated } from '../../rigs/file/rig-file.ts';
import { acquireLock } from '../../rigs/lock/lock.ts';
import { completeCutRuns } from '../run/complete-cut.ts';
import { restBoard } from '../run/rest-board.ts';
import type { Finish } from './main.ts';

const reports = path.resolve(import.meta.dirname, '../../reports');

/** `rest --rig R`: for a CI step that always runs, and for a person who wants to be sure. */
export function restCommand(finish: Finish): Command {
  return new Command('rest')
    .description('put a board at rest, whatever happened before')
    .requiredOption('--rig <name|file>', 'a rig of rigs/, or a rig file anywhere')
    .addHelpText(
      'after',
      `
Drives the resting levels with the rig's control driver alone, after what a killed run left behind was ended; the
port stays closed. The record of a run that was killed is completed. Exit code 0 when the board is at rest, 2 for a mistake in the rig file, 3 when it is held by
somebody else or could not be put at rest.

  bc26-hil rest --rig bench.yaml`,
    )
    .action(async ({ rig: named }: { rig: string }) => {
      // A board can be put at rest without the key to it.
      const { rig } = await checkRigFile(await findRig(named));
      const lock = await acquireLock(rig);
      for (const line of lock.ended) process.stdout.write(`${rig.name}: ${line}\n`);
      try {
        await restBoard(rig, lock);
        for (const line of await completeCutRuns(reports, rig.name))
          process.stdout.write(`${rig.name}: ${line}\n`);
      } finally {
        lock.release();
      }
      const text = isEmulated(rig)
        ? 'nothing to do: an emulated board ends with the process that runs it'
        : 'at rest';
      process.stdout.write(`${rig.name}: ${text}\n`);
      finish(0);
    });
}
