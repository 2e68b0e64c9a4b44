import { Command } from 'commander';

import type { ReplayRig } from '../../rigs/file/replay-rig.ts';
import type { RigFile } from '../../rigs/file/rig-file.ts';
import { describeError, isHilError } from '../base/error.ts';
import type { Finish } from './finish.ts';

/** `rigs [NAME|FILE…]`: lists the rig files and checks each; exit 2 when one has mistakes. */
export function rigsCommand(finish: Finish): Command {
  return new Command('rigs')
    .description('list the rig files in rigs/ and check each, or check the given ones')
    .argument('[rig...]', 'rigs in rigs/ by name, or any rig files')
    .addHelpText(
      'after',
      '\nA mistake is one line: file, line, column and how to fix it.\nExit code 0 when no rig file has a mistake, 2 when one has.',
    )
    .action(async (named: string[]) => {
      const { listRigs } = await import('../../rigs/file/find-rig.ts');
      const checked = await Promise.all((named.length > 0 ? named : await listRigs()).map(checkNamedRig));
      const shown = named.length > 0 ? checked : withoutDeviations(checked);
      for (const { text } of shown) process.stdout.write(text);
      finish(shown.every(({ sound }) => sound) ? 0 : 2);
    });
}

interface Checked {
  /** The file; undefined where there is none. */
  readonly file: string | undefined;
  readonly sound: boolean;
  /** The file with the known deviations of its firmware. */
  readonly deviations?: string | undefined;
  /** The result for a person: whole lines. */
  readonly text: string;
}

/** Leaves out the lists of known deviations that lie beside the rig files and are named in them. */
export function withoutDeviations(checked: readonly Checked[]): readonly Checked[] {
  const lists = new Set(checked.map(({ deviations }) => deviations));
  return checked.filter(({ file }) => file === undefined || !lists.has(file));
}

/** Checks a rig file and the list of known deviations that it names. */
export async function checkNamedRig(rig: string): Promise<Checked> {
  const { findRig } = await import('../../rigs/file/find-rig.ts');
  const { checkRigFile } = await import('../../rigs/file/load-rig-file.ts');
  const { loadReplayRig } = await import('../../rigs/file/replay-rig.ts');
  const { readRecordedRun } = await import('../jest/session/recorded-run.ts');
  const { refusals } = await import('../run/qualify/refusals.ts');
  let file: string | undefined;
  let deviations: string | undefined;
  try {
    file = await findRig(rig);
    const replayed = await loadReplayRig(file);
    if (replayed) {
      const { module } = readRecordedRun(replayed.run).rig;
      return { file, sound: true, text: describeReplay(replayed, module) };
    }
    const { rig: loaded, unset } = await checkRigFile(file);
    deviations = loaded.module.deviations;
    await Promise.all(refusals.map(({ check }) => check(loaded)));
    const need =
      unset === undefined ? '' : `  a run needs the environment variable ${unset}, which is not set\n`;
    return { file, sound: true, deviations, text: `${describeRig(loaded)}\n${need}` };
  } catch (error) {
    if (!isHilError(error) || error.blame !== 'usage') throw error;
    return { file, sound: false, deviations, text: `${rig}: ${describeError(error)}\n` };
  }
}

type Module = RigFile['module'];

const describeModule = (name: string, { firmware, imei }: Module): string =>
  `${name}: ${firmware}… with IMEI ${imei}`;

const describeReplay = ({ name, run, file }: ReplayRig, module: Module): string =>
  [describeModule(name, module), `  the run ${run}, played again`, `  ${file}`, ''].join('\n');

const describeRig = ({ name, control, module, serial, file }: RigFile): string =>
  [
    describeModule(name, module),
    `  ${control.driver}, ${serial.path ?? 'a pseudo-terminal of its own'} at ${serial.baud} baud`,
    `  ${file}`,
  ].join('\n');
