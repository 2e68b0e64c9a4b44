import { Command } from 'commander';

import type { Finish } from './finish.ts';

/** `replay RUN`: judges a run again, with its trace in the place of the board. */
export function replayCommand(finish: Finish): Command {
  return new Command('replay')
    .description('judge a run again without its board: the trace stands in for the module')
    .argument('<run>', 'the folder of a run')
    .option('--out <dir>', 'the run folder of the replay (default: a new one under reports/runs)')
    .addHelpText(
      'after',
      `
A failure seen on a real board becomes a test without hardware: the suites of now run with the rig, the seed, the
profile and the clauses of that run. What the module sent comes again, byte for byte and in its time, and power, reset
and packets come as they came. The clock of the replay leaps over all waiting, so it takes less time than the run did.

Where the harness now sends something else than it did, the replay ends, names the line of the trace with what it has
and what came (REPLAY_DIFFERS), and exits with 3. Exit codes are else those of qualify.

To keep such a test, name the run in a rig file, as control: { driver: replay, run: DIR }, and qualify that rig.

  bc26-hil replay reports/latest
  bc26-hil replay 2026-01-31T09-05-07Z-bench-1 --out /tmp/again`,
    )
    .action(async (run: string, { out }: { out?: string }) => {
      const { replay } = await import('../run/verify/replay.ts');
      finish(await replay(run, { out: out ?? null }, { progress: process.stderr, summary: process.stdout }));
    });
}
