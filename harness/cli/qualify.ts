import { Command, InvalidArgumentError, Option } from 'commander';

import { type Profile, profiles, qualify } from '../run/qualify/qualify.ts';
import type { Finish } from './main.ts';

interface Options {
  readonly rig: string;
  readonly profile: Profile;
  readonly clause?: string;
  readonly seed?: number;
  readonly maxFailures?: number;
  readonly out?: string;
  readonly fault: string[];
  readonly wait: number;
}

const whole = (least: number, most: number) => (text: string) => {
  const value = Number(text);
  if (/^[0-9]+$/.test(text) && value >= least && value <= most) return value;
  throw new InvalidArgumentError(`a whole number from ${least} to ${most} is wanted.`);
};
const collect = (value: string, before: string[]): string[] => [...before, value];

/** `qualify`: the main job. */
export function qualifyCommand(finish: Finish): Command {
  return new Command('qualify')
    .description('judge a module against the clauses of the application note')
    .option('--rig <name|file>', 'a rig of rigs/, or a rig file anywhere', 'emulated')
    .addOption(new Option('--profile <profile>', 'how much is judged').choices(profiles).default('nightly'))
    .option('--clause <pattern>', 'judge these clauses only: ids, * for any characters, commas between')
    .option('--seed <n>', 'repeat the inputs of an earlier run', whole(0, 2 ** 32 - 1))
    .option('--max-failures <n>', 'do not run the rest after so many failed tests', whole(1, 100_000))
    .option('--out <dir>', 'the run folder (default: one of its own under reports/runs)')
    .option(
      '--fault <id>',
      'emulated board only: switch a firmware fault on (list: bc26-hil emulate --faults); may be repeated',
      collect,
      [],
    )
    .option('--wait <seconds>', 'how long to wait for a rig that is busy', whole(0, 86_400), 5)
    .addHelpText(
      'after',
      `
Progress goes to standard error, the summary to standard output; the run folder holds run.json,
junit.xml, trace.jsonl and log.jsonl, and reports/latest points at the newest.

  bc26-hil qualify                                 the emulated board, profile nightly
  bc26-hil qualify --clause 'CFG-QUERY-*'          one chapter only
  bc26-hil qualify --fault query-server-wrong      watch the suites catch a faulty firmware
  bc26-hil qualify --rig bench.yaml --profile smoke

In CI start it without npm or npx, which do not pass signals on:
  exec node harness/cli/bin.mjs qualify --rig bench.yaml`,
    )
    .action(async (options: Options) => {
      const exitCode = await qualify(
        {
          rig: options.rig,
          profile: options.profile,
          clausePattern: options.clause ?? null,
          seed: options.seed ?? null,
          maxFailures: options.maxFailures ?? null,
          out: options.out ?? null,
          faults: options.fault,
          waitMs: options.wait * 1000,
        },
        { progress: process.stderr, summary: process.stdout },
      );
      finish(exitCode);
    });
}
