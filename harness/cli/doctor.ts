import path from 'node:path';

import { Command, InvalidArgumentError } from 'commander';

import { findRig } from '../../rigs/file/find-rig.ts';
import { loadRigFile } from '../../rigs/file/load-rig-file.ts';
import { isEmulated } from '../../rigs/file/rig-file.ts';
import { createSystem } from '../run/doctor/checks/system.ts';
import { doctor } from '../run/doctor/doctor.ts';
import type { Finish } from './main.ts';

interface Options {
  readonly rig: string;
  readonly quick?: true;
  readonly silence?: number;
  readonly boots?: number;
  readonly out?: string;
  readonly wait: number;
}

/** An emulated line has no noise but what a setting gives it; a real one is given time to show some. */
const silenceS = { emulated: 3, real: 60 };
const boots = { emulated: 1, real: 3 };

const reports = path.resolve(import.meta.dirname, '../../reports');

const whole = (least: number, most: number) => (text: string) => {
  const value = Number(text);
  if (/^[0-9]+$/.test(text) && value >= least && value <= most) return value;
  throw new InvalidArgumentError(`a whole number from ${least} to ${most} is wanted.`);
};

/** `doctor --rig R`: proves that a rig works. */
export function doctorCommand(finish: Finish): Command {
  return new Command('doctor')
    .description('prove that a rig works, and say what mends it where it does not')
    .option('--rig <name|file>', 'a rig of rigs/, or a rig file anywhere', 'emulated')
    .option('--quick', 'look only: do not touch the board (what happens before each nightly or release run)')
    .option(
      '--silence <seconds>',
      `how long to listen for noise (default: ${silenceS.real}, emulated ${silenceS.emulated})`,
      whole(1, 86_400),
    )
    .option(
      '--boots <n>',
      `how often to switch the module off and on (default: ${boots.real}, emulated ${boots.emulated})`,
      whole(1, 1_000),
    )
    .option('--out <dir>', 'its folder (default: one of its own under reports/runs)')
    .option('--wait <seconds>', 'how long to wait for a rig that is busy', whole(0, 86_400), 5)
    .addHelpText(
      'after',
      `
Looks at the machine (Node, groups, console, login prompt, ModemManager, brltty, adapter, GPIO, who has the
port open), then works the board: boots, identity, power-off, reset, round trips, noise. Nothing is saved in
the module but that power saving (AT+CPSMS, AT+CEDRXS) is switched off where it is on, which it keeps, and
the board is left at rest. Each finding is a line: ok, note, warning or broken, and after an arrow what mends it. Exit code 0
when nothing is broken, 3 otherwise.

  bc26-hil doctor --rig bench.yaml
  bc26-hil doctor --rig bench.yaml --boots 20 --silence 600`,
    )
    .action(async (options: Options) => {
      const rig = await loadRigFile(await findRig(options.rig));
      const kind = isEmulated(rig) ? 'emulated' : 'real';
      const extent = {
        boots: options.boots ?? boots[kind],
        silenceS: options.silence ?? silenceS[kind],
      };
      const exitCode = await doctor(
        {
          rig,
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
