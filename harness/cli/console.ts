import { Command } from 'commander';

import { keyHelp } from '../run/console/keys.ts';
import type { Finish } from './finish.ts';

/** `console --rig R`: a terminal on a board. */
export function consoleCommand(finish: Finish): Command {
  return new Command('console')
    .description('a terminal on a module, with time stamps and keys for reset and power')
    .option('--rig <name|file>', 'a rig in rigs/ by name, or any rig file', 'emulated')
    .addHelpText(
      'after',
      `
Switches the module on, and puts the board at rest at the end. Each line you type is sent with CR. Each line the
module sends is shown with the seconds since the start; control characters are escaped (\\r, \\n, \\x1b).
${keyHelp}

Lines can also come from a pipe. Then AT is sent once a second until the module answers. After that each line waits
for the final result of the line before (5 s at most), and the console ends after the last answer.

AT+CMEE=1 is sent once the module answers, and in a terminal after each boot, so that errors have their numbers
(+CME ERROR: 50). Leaving by any of the keys puts the board at rest.

The module is not compared with the rig file, and nothing is restored: what a command saves or erases stays so.
After such a command the supply stays on until the change is safe in NVRAM (module.durableMs in the rig file,
counted from its OK).

Of a private key only the first four characters are shown, and a line with one is not in the history; an emulated
module's key is shown as it was answered.

Exit code 0 at its end, whatever the module answered; 2 for a mistake in the rig file, 3 when the rig failed or the
port vanished, 130 or 143 when a signal ended it (the board was put at rest).

  bc26-hil console --rig bench.yaml
  printf 'ATI\\nAT+QDMPCFG?\\n' | bc26-hil console --rig bench.yaml`,
    )
    .action(async ({ rig }: { rig: string }) => {
      const { openConsole } = await import('../run/console/console-session.ts');
      finish(await openConsole(rig));
    });
}
