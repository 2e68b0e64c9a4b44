import { Command } from 'commander';

import type { Finish } from './finish.ts';

/** `restore --rig R [--abandon]`: gives a module back what it held before a run. */
export function restoreCommand(finish: Finish): Command {
  return new Command('restore')
    .description('give a module back what it held before a run that could not do so itself')
    .requiredOption('--rig <name|file>', 'a rig in rigs/ by name, or any rig file')
    .option('--abandon', 'give up what the module held: it stays as it is now, and is not touched')
    .addHelpText(
      'after',
      `
Before a run writes to a module for the first time, what the module holds is kept on disk, by its IMEI, until all of it
has been put back and read back. After a run that was killed, the next qualify, doctor or rest of a rig with this module
puts it back; this command does nothing else. It switches the board on, compares the module with the rig file, puts
back what differs, and leaves the board at rest. Of a private key the module shows four characters only: it comes from
\`credentials\` in the rig file.

Exit code 0 when nothing is left to put back, 2 for a mistake in the rig file, 3 when something could not be put back
or the rig failed, 130 or 143 when a signal ended it (the board was put at rest).

  bc26-hil restore --rig bench.yaml
  bc26-hil restore --rig bench.yaml --abandon`,
    )
    .action(async ({ rig: named, abandon }: { rig: string; abandon?: true }) => {
      const { findRig } = await import('../../rigs/file/find-rig.ts');
      const { checkRigFile, loadRigFile } = await import('../../rigs/file/load-rig-file.ts');
      const { abandonOriginal, restoreModule } = await import('../run/restore/restore-session.ts');
      const say = (text: string): void => void process.stdout.write(`${text}\n`);
      const file = await findRig(named);
      if (abandon) {
        await abandonOriginal((await checkRigFile(file)).rig, say);
        finish(0);
      } else finish(await restoreModule(await loadRigFile(file), say));
    });
}
