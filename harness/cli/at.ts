import { Command } from 'commander';

import type { Finish } from './finish.ts';
import { collect } from './option-parsers.ts';

/** `at --rig R 'AT+…' …`: brings the board up, sends the commands one after the other, puts it at rest. */
export function atCommand(finish: Finish): Command {
  return new Command('at')
    .description('send single commands to a module and print the answers')
    .option('--rig <name|file>', 'a rig in rigs/ by name, or any rig file', 'emulated')
    .option('--fault <id>', 'emulated board only: switch on a firmware fault; may be repeated', collect)
    .argument('<command...>', "command lines, each as one argument: 'AT+QDMPCFG?'")
    .addHelpText(
      'after',
      `
Switches the board on, waits until the module has booted, sends the commands one after the other, and puts the
board at rest. Before that the module is compared with the rig file, and power saving (AT+CPSMS, AT+CEDRXS) is
switched off; it stays off.

Nothing is restored: what a command saves or erases stays so. After such a command the supply stays on until the
change is safe in NVRAM (module.durableMs in the rig file, counted from its OK).

Of a private key only the first four characters are printed; an emulated module's key is printed as it was answered.

Exit code 0 when every command was answered OK, 1 when one was answered with an error or not at all, 2 for a
mistake in the rig file, 3 when the rig failed or the module could not be made ready (nothing was sent then), 130 or
143 when a signal ended it (the board was put at rest).

  bc26-hil at 'AT+QDMPCFG=4,1'
  bc26-hil at --rig bench.yaml ATI 'AT+QDMPCFG?' 'AT+QDMPCFGEX=0,1'`,
    )
    .action(async (commands: string[], { rig, fault }: { rig: string; fault?: string[] }) => {
      const { sendCommands } = await import('../run/at/at-session.ts');
      finish(await sendCommands(rig, commands, fault));
    });
}
