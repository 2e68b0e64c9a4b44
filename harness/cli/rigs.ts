import { Command } from 'commander';

import { findRig, listRigs } from '../../rigs/file/find-rig.ts';
import { checkRigFile } from '../../rigs/file/load-rig-file.ts';
import type { RigFile } from '../../rigs/file/rig-file.ts';
import { describeError, isHilError } from '../base/error.ts';
import { deviationsOf } from '../run/qualify/deviations.ts';
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
      const checked = await Promise.all((named.length > 0 ? named : await listRigs()).map(check));
      const told = named.length > 0 ? checked : withoutDeviations(checked);
      for (const { text } of told) process.stdout.write(text);
      finish(told.every(({ sound }) => sound) ? 0 : 2);
    });
}

interface Checked {
  /** The file; undefined where there is none. */
  readonly file: string | undefined;
  readonly sound: boolean;
  /** Where the known deviations of its firmware are listed. */
  readonly deviations?: string | undefined;
  /** What is said of it: whole lines. */
  readonly text: string;
}

/** What a folder of rig files holds besides: lists of known deviations, which its rigs name. */
export function withoutDeviations(checked: readonly Checked[]): readonly Checked[] {
  const lists = new Set(checked.map(({ deviations }) => deviations));
  return checked.filter(({ file }) => file === undefined || !lists.has(file));
}

/** Checks a rig file, and the known deviations that it names. */
export async function check(rig: string): Promise<Checked> {
  let file: string | undefined;
  let deviations: string | undefined;
  try {
    file = await findRig(rig);
    const { rig: loaded, unset } = await checkRigFile(file);
    deviations = loaded.module.deviations;
    await deviationsOf(loaded, new Date());
    const need =
      unset === undefined ? '' : `  a run needs the environment variable ${unset}, which is not set\n`;
    return { file, sound: true, deviations, text: `${describeRig(loaded)}\n${need}` };
  } catch (error) {
    if (!isHilError(error) || error.blame !== 'usage') throw error;
    return { file, sound: false, deviations, text: `${rig}: ${describeError(error)}\n` };
  }
}

const describeRig = ({ name, control, module, serial, file }: RigFile): string =>
  [
    `${name}: ${module.firmware}… with IMEI ${module.imei}`,
    `  ${control.driver}, ${serial.path ?? 'a pseudo-terminal of its own'} at ${serial.baud} baud`,
    `  ${file}`,
  ].join('\n');
