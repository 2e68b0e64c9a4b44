import { Command, Option } from 'commander';

import type { JunitStyle } from '../../reports/record/entry.ts';
import { type Profile, profiles } from '../jest/host/profile.ts';
import type { AskedRun } from '../run/qualify/run.ts';
import type { Finish } from './finish.ts';
import { collect, duration, oneOf, wholeNumber } from './option-parsers.ts';

interface Options {
  readonly rig: string;
  readonly profile?: Profile;
  readonly clause?: string;
  readonly seed?: number;
  readonly maxFailures?: number;
  readonly stopAt?: string;
  readonly out?: string;
  readonly latest: boolean;
  readonly fault?: string[];
  readonly wait: number;
  readonly timeout?: number;
  readonly junit: JunitStyle;
  readonly dryRun?: true;
  readonly forProof?: true;
}

const junitStyles: readonly JunitStyle[] = ['rich', 'strict'];

/** `qualify`: the main job. */
export function qualifyCommand(finish: Finish): Command {
  return new Command('qualify')
    .description('judge a module against the clauses of the application note')
    .option('--rig <name|file>', 'a rig in rigs/ by name, or any rig file', 'emulated')
    .addOption(
      new Option('--profile <profile>', 'how much is judged (default: nightly)')
        .choices(profiles)
        .argParser(oneOf(profiles)),
    )
    .option(
      '--clause <pattern>',
      'judge these clauses only: ids, separated by commas; * stands for any characters',
    )
    .option(
      '--seed <n>',
      'use the test inputs of an earlier run (its seed is in run.json)',
      wholeNumber(0, 2 ** 32 - 1),
    )
    .option('--max-failures <n>', 'stop judging after this many failed tests', wholeNumber(1, 100_000))
    .option('--stop-at <pattern>', 'stop judging once one of these clauses has failed; as --clause')
    .option('--out <dir>', 'the run folder (default: a new one under reports/runs)')
    .option('--no-latest', 'leave reports/latest as it is')
    .option(
      '--fault <id>',
      'emulated board only: switch on a firmware fault (list: bc26-hil emulate --faults); may be repeated',
      collect,
    )
    .option('--wait <seconds>', 'how long to wait for a rig that another run uses', wholeNumber(0, 86_400), 5)
    .option(
      '--timeout <duration>',
      'end the run after this time, as 90s, 15m or 2h (default: smoke 15m, nightly 2h, release 8h)',
      duration,
    )
    .addOption(
      new Option('--junit <style>', "how junit.xml is written: strict is valid for Jenkins's xUnit plugin")
        .choices(junitStyles)
        .argParser(oneOf(junitStyles))
        .default('rich'),
    )
    .option(
      '--dry-run',
      'print what would run, what would not and why, how long it would take, and end: the board is not touched',
    )
    .addOption(new Option('--for-proof', 'as `prove` starts it').hideHelp())
    .addHelpText(
      'after',
      `
Profiles: smoke for each pull request, nightly for regression, release for the qualification of a firmware.
Exit codes: bc26-hil --help.
--clause also runs what those clauses need: some are judged by what the tests of others make happen. The run says so.

Progress goes to standard error, the summary to standard output. On a terminal the progress changes in its place and
says how long the run will take; in a log it is a line now and then. The run folder holds run.json, junit.xml,
trace.jsonl and log.jsonl; reports/latest points at the newest.

  bc26-hil qualify                                 the emulated board, profile nightly
  bc26-hil qualify --clause 'CFG-QUERY-*'          some clauses only
  bc26-hil qualify --rig bench.yaml --dry-run      what it would do, and for how long
  bc26-hil qualify --fault query-server-wrong      see the suites catch a faulty firmware
  bc26-hil qualify --rig bench.yaml --profile smoke

In CI start it without npm or npx, which do not pass signals on:
  exec node harness/cli/bin.mjs qualify --rig bench.yaml`,
    )
    .action(async (options: Options) => {
      if (options.dryRun) {
        const { dryRun } = await import('../run/dry-run/dry-run.ts');
        process.stdout.write(await dryRun(askedOf(options)));
        finish(0);
        return;
      }
      const { qualify } = await import('../run/qualify/qualify.ts');
      finish(await qualify(askedOf(options), { progress: process.stderr, summary: process.stdout }));
    });
}

const askedOf = (options: Options): AskedRun => ({
  rig: options.rig,
  profile: options.profile ?? null,
  clausePattern: options.clause ?? null,
  seed: options.seed ?? null,
  maxFailures: options.maxFailures ?? null,
  stopAt: options.stopAt ?? null,
  out: options.out ?? null,
  latest: options.latest,
  faults: options.fault ?? [],
  waitMs: options.wait * 1000,
  timeoutMs: options.timeout ?? null,
  junit: options.junit,
  ...(options.forProof && { forProof: true }),
});
