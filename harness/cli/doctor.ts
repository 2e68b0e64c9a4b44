import path from 'node:path';

import { Command } from 'commander';

import type { Finish } from './finish.ts';
import { wholeNumber } from './option-parsers.ts';

interface Options {
  readonly rig: string;
  readonly quick?: true;
  readonly silence?: number;
  readonly boots?: number;
  readonly out?: string;
  readonly wait: number;
}

/** An emulated line has noise only by a setting. A real line needs time to show some. */
const silenceS = { emulated: 3, real: 60 };
const boots = { emulated: 1, real: 3 };

const reports = path.resolve(import.meta.dirname, '../../reports');

/** `doctor --rig R`: proves that a rig works. */
export function doctorCommand(finish: Finish): Command {
  return new Command('doctor')
    .description('check that a rig works, and say how to fix what does not')
    .option('--rig <name|file>', 'a rig in rigs/ by name, or any rig file', 'emulated')
    .option(
      '--quick',
      'check the machine only and do not touch the board (as each nightly or release run does first)',
    )
    .option(
      '--silence <seconds>',
      `how long to listen for noise (default: ${silenceS.real}, emulated ${silenceS.emulated})`,
      wholeNumber(1, 86_400),
    )
    .option(
      '--boots <n>',
      `how often to switch the module off and on (default: ${boots.real}, emulated ${boots.emulated})`,
      wholeNumber(1, 1_000),
    )
    .option('--out <dir>', 'the folder for its files (default: a new one under reports/runs)')
    .option('--wait <seconds>', 'how long to wait for a rig that another run uses', wholeNumber(0, 86_400), 5)
    .addHelpText(
      'after',
      `
First it checks the machine: Node, groups, console, login prompt, ModemManager, brltty, adapter, GPIO, programs that
have the port open. Then it tests the board: boot, identity, power-off, reset, round trips, noise, and whether the
module holds the credentials of the rig file. Whatever \`qualify\` would be refused for is found.

The variable with the private key (credentials.password.env) is used for that comparison alone, and to give a module
back what it held; without it the doctor does the rest, and warns.

Nothing is saved in the module, with two exceptions: power saving (AT+CPSMS, AT+CEDRXS) that is on is switched off and
stays off; and a module that still holds what an earlier run left is given back what it held before (see \`restore\`).
The board is left at rest.

Each finding is one line: ok, note, warning or broken, then what was found, and after an arrow how to fix it.

Exit code 0 when nothing is broken, 3 otherwise; 2 for a mistake in the rig file, 130 or 143 when a signal ended it
(the board was put at rest).

  bc26-hil doctor --rig bench.yaml
  bc26-hil doctor --rig bench.yaml --boots 20 --silence 600`,
    )
    .action(async (options: Options) => {
      const { findRig } = await import('../../rigs/file/find-rig.ts');
      const { checkRigFile } = await import('../../rigs/file/load-rig-file.ts');
      const { isEmulated } = await import('../../rigs/file/rig-file.ts');
      const { createSystem } = await import('../run/doctor/checks/system.ts');
      const { doctor } = await import('../run/doctor/doctor.ts');
      const { rig, unset } = await checkRigFile(await findRig(options.rig));
      const kind = isEmulated(rig) ? 'emulated' : 'real';
      const extent = {
        boots: options.boots ?? boots[kind],
        silenceS: options.silence ?? silenceS[kind],
      };
      const exitCode = await doctor(
        {
          rig,
          unset,
          extent: options.quick ? null : extent,
          out: options.out ?? null,
          reports,
          waitMs: options.wait * 1000,
        },
        createSystem(),
        process.stdout,
      );
      finish(exitCode);
    });
}
