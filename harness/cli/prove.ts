import { availableParallelism } from 'node:os';

import { Command, InvalidArgumentError, Option } from 'commander';

import { profiles } from '../jest/host/profile.ts';
import type { ProveOptions } from '../run/prove/act.ts';
import type { Finish } from './finish.ts';
import { collect, wholeNumber } from './option-parsers.ts';

/** `prove`: what a green run is worth. */
export function proveCommand(finish: Finish): Command {
  return new Command('prove')
    .description('run the suites against faulty and sound firmware, and say which faults they catch')
    .option('--fault <id>', 'this fault only (list: bc26-hil emulate --faults); may be repeated', collect)
    .option(
      '--clause <pattern>',
      'only faults that break these clauses, and healthy-1 to 5 judged by them: ids, separated by commas; * stands for any characters',
    )
    .option(
      '--control <pattern>',
      'only sound firmware of these names, beside each --fault: healthy-1, pairs-*, random-*; separated by commas',
    )
    .addOption(
      new Option(
        '--generated <n>',
        'only so many of the generated faults, drawn by the seed (list: bc26-hil emulate --generated)',
      )
        .argParser(wholeNumber(1, 100_000))
        .conflicts(['fault', 'clause', 'control', 'changed', 'resume', 'merge']),
    )
    .addOption(new Option('--profile <profile>', 'how much is judged').choices(profiles).default('nightly'))
    .option('--seed <n>', 'the seed of test inputs and answer times', wholeNumber(0, 2 ** 31), 1)
    .option('--rig <name|file>', 'a rig with an emulated board', 'emulated')
    .option(
      '--jobs <n>',
      'how many runs go on at once, at most',
      wholeNumber(1, 256),
      // A run waits for boots and states most of the time: four at once left two processors idle for a third of it.
      4 * availableParallelism(),
    )
    .addOption(
      new Option(
        '--changed [commit]',
        'only faults that a change since a commit (default: HEAD) concerns: by their file, a clause they break, a suite that judges it',
      ).conflicts(['fault', 'clause', 'control', 'resume', 'merge']),
    )
    .option('--shard <i/n>', 'only part i of n, to share the work between machines', shard)
    .option('--resume <folder>', 'go on with a proof that was ended early')
    .addOption(
      new Option('--merge <folders...>', 'put the shards of a proof together').conflicts([
        'resume',
        'shard',
        'fault',
      ]),
    )
    .option('--out <dir>', 'the folder of the proof (default: a new one under reports/prove)')
    .option(
      '--every-test',
      'do not stop at the first test that catches a fault: shows faults that one test alone catches',
    )
    .option('--json', 'print prove.json instead of text')
    .addHelpText(
      'after',
      `
Each fault is judged by the clauses that it breaks, and by everything if they do not catch it. It is caught when a
clause that it breaks fails. What a busy machine leaves undecided is judged again with slower network time. Controls are
sound firmware: they must pass. healthy-1 to 5 differ in test inputs alone; pairs-1, pairs-2 … also where the note is
silent, so that each two values of each two settings of the emulated module meet in one of them; random-1 to 50 are
drawn by the seed. Those two kinds take hours: only --control judges them.
--generated draws a sample of some 2,800 faults that are made of operators and places (rigs/emulator/README.md), and says
which share of them the suites catch, with its 95 % interval, by operator and by place. One
that the clauses it breaks do not show in the profile is judged by them in a release run, too; the text says how many
were caught that way.
Exit code 0: every fault was caught and every control passed; 1: a fault was not caught, or a control failed;
4: something stayed undecided. The folder holds report.html (the page of the proof: what was not caught first, the
faults against the clauses, idle clauses and tests), prove.json and prove.txt, and the runs of what was not caught.

  bc26-hil prove                              all faults, and healthy-1 to 5
  bc26-hil prove --fault query-server-wrong   one fault
  bc26-hil prove --generated 60 --seed 7      a sample of the generated faults
  bc26-hil prove --fault gen.cut-at-3.access.imei.query   one of them
  bc26-hil prove --clause 'EX-LEN-*'          the faults that break these clauses
  bc26-hil prove --changed origin/main        the faults that the commits since then concern
  bc26-hil prove --control 'pairs-*,random-*' sound firmware alone
  bc26-hil prove --shard 1/4 --out part-1     a quarter, on one of four machines
  bc26-hil prove --merge part-1 part-2 part-3 part-4 --out whole
  bc26-hil prove --resume part-1              goes on where it was ended`,
    )
    .action(async (options: ProveOptions) => {
      const { act } = await import('../run/prove/act.ts');
      finish(await act(options));
    });
}

function shard(text: string): { part: number; parts: number } {
  const [, part, parts] = (/^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? []).map(Number);
  if (part && parts && part <= parts) return { part, parts };
  throw new InvalidArgumentError('It must be a part of a whole, e.g. 1/4.');
}
