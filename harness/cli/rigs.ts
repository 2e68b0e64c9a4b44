import { Command } from 'commander';
import { describeError, isHilError } from '../base/error.ts';
import { findRig, listRigs } from '../../rigs/find-rig.ts';
import { checkRigFile } from '../../rigs/load-rig-file.ts';
import { deviationsOf } from '../run/deviations.ts';
import type { RigFile } from '../../rigs/rig-file.ts';
import type { Finish } from './main.ts';

/** `rigs [NAME|FILE…]`: lists the rig files and checks each; exit 2 when one has mistakes. */
export function rigsCommand(finish: Finish): Command {
  return new Command('rigs')
    .description('list the rig files and check each, or check the files named')
    .argument('[rig...]', 'NAME of rigs/NAME.yaml, or a FILE')
    .addHelpText(
      'after',
      '\nExit code 0 when every rig file is sound, 2 when one has mistakes; each is a line.',
    )
    .action(async (named: string[]) => {
      const rigs = named.length > 0 ? named : await listRigs();
      const sound = await Promise.all(rigs.map(check));
      finish(sound.every(Boolean) ? 0 : 2);
    });
}

async function check(rig: string): Promise<boolean> {
  try {
    const { rig: loaded, unset } = await checkRigFile(await findRig(rig));
    await deviationsOf(loaded, new Date());
    const need =
      unset === undefined ? '' : `  a run needs the environment variable ${unset}, which is not set\n`;
    process.stdout.write(`${describeRig(loaded)}\n${need}`);
    return true;
  } catch (error) {
    if (!isHilError(error) || error.blame !== 'usage') throw error;
    process.stdout.write(`${rig}: ${describeError(error)}\n`);
    return false;
  }
}

const describeRig = ({ name, control, module, serial, file }: RigFile): string =>
  [
    `${name}: ${module.firmware}… with IMEI ${module.imei}`,
    `  ${control.driver}, ${serial.path ?? 'a pseudo-terminal of its own'} at ${serial.baud} baud`,
    `  ${file}`,
  ].join('\n');
