import { Command } from 'commander';

import type { Finish } from './finish.ts';

/** `report RUN…`: makes the page of a run or of a proof again. */
export function reportCommand(finish: Finish): Command {
  return new Command('report')
    .description('make the page of a run or a proof, report.html, from its folder: no board is needed')
    .argument('<run...>', 'folders of runs or proofs, e.g. reports/latest')
    .addHelpText(
      'after',
      `
Each run and each proof makes its page when it ends. This makes it again: for a run that was copied from another
machine, was killed, or still goes on. The page is one file that needs neither network nor the other files: mail it,
or attach it. Each view of it has its own address, e.g. report.html#clauses?verdict=fail

Exit code 0; 2 when a folder holds neither; 3 when the page cannot be written.

  bc26-hil report reports/latest`,
    )
    .action(async (folders: string[]) => {
      const { writePage } = await import('../../reports/page/write-page.ts');
      for (const folder of folders) process.stdout.write(`${await writePage(folder)}\n`);
      finish(0);
    });
}
