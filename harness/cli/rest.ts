import path from 'node:path';

import { Command } from 'commander';

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
Ends the processes that a killed run left, puts the board at rest (module off, keys released, supply off), and
completes the record of the killed run. The serial port stays closed, unless the module still holds what an earlier run
left in it: then the module is switched on, given back what it held before (see \`restore\`), and put at rest again. If
it does not answer, a line says so.

Exit code 0 when the board is at rest, 2 for a mistake in the rig file, 3 when another process uses the board or it
could not be put at rest, 130 or 143 when a signal ended it.

  bc26-hil rest --rig bench.yaml`,
    )
    .action(async ({ rig: named }: { rig: string }) => {
      const { findRig } = await import('../../rigs/file/find-rig.ts');
      const { checkRigFile } = await import('../../rigs/file/load-rig-file.ts');
      const { isEmulated } = await import('../../rigs/file/rig-file.ts');
      const { acquireLock } = await import('../../rigs/lock/lock.ts');
      const { completeCutRuns } = await import('../run/complete-cut.ts');
      const { restBoard } = await import('../run/rest-board.ts');
      const { restoreAtRest } = await import('../run/restore/restore-at-rest.ts');
      // The credentials are not needed: their environment variable may be unset.
      const { rig } = await checkRigFile(await findRig(named));
      // A full disk must not keep the board from its rest.
      const lock = await acquireLock(rig, { evenUnlocked: true });
      const say = (line: string): void => void process.stdout.write(`${rig.name}: ${line}\n`);
      lock.ended.forEach(say);
      let exitCode = 0;
      try {
        await restBoard(rig, lock);
        exitCode = await restoreAtRest(rig, lock, say);
        (await completeCutRuns(reports, rig.name)).forEach(say);
      } finally {
        lock.release();
      }
      const text = isEmulated(rig) ? 'nothing to do: an emulated board ends with its run' : 'at rest';
      say(text);
      finish(exitCode);
    });
}
