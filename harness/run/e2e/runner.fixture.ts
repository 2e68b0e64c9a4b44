import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { execa } from 'execa';

import { type Ci, commandsOf, onBench, root } from '../../../rigs/ci/ci-files.fixture.ts';
import { descendants, left } from './endings.fixture.ts';
import type { ForeignBoard } from './foreign-board.fixture.ts';

/** A signal of a cancellation, whom it is sent to, and how long a runner waits then. */
type Told = readonly [signal: NodeJS.Signals, whom: 'entry' | 'group' | 'all', ms: number];

/** How runners cancel a step. What is left after that is killed. */
const cancellations: Record<Exclude<Ci, 'systemd'>, readonly Told[]> = {
  github: [
    ['SIGINT', 'entry', 7_500],
    ['SIGTERM', 'entry', 2_500],
  ],
  gitlab: [['SIGTERM', 'group', 10_000]],
  jenkins: [['SIGTERM', 'all', 5_000]],
};

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended at that very moment.
  }
}

/**
 * A runner on the machine of a bench, at one job: it starts the steps of a CI file for the board `bench-1`.
 * @param module keys of the rig file's module
 */
export function jobOf(
  ci: Exclude<Ci, 'systemd'>,
  bench: ForeignBoard,
  number = 1,
  module: Record<string, string> = {},
) {
  const board = path.basename(bench.rig('bench-1', {}, module), '.yaml');
  const { env: common, moved } = onBench(bench.out('.'), board);
  const env = { ...common, GITHUB_RUN_ID: String(number) };
  const temp = env.RUNNER_TEMP;
  // What the start of a job does. The job before may still be writing there.
  rmSync(temp, { recursive: true, force: true, maxRetries: 10, retryDelay: 20 });
  mkdirSync(temp);

  /** Starts the step that runs this command of the program, with more options. */
  function step(command: 'qualify' | 'rest', options: readonly string[] = []) {
    const line = commandsOf(ci).find((each) => each.includes(`bin.mjs ${command} `));
    // As a runner does: the step is a file in its temporary folder, and a shell reads it.
    const script = path.join(temp, `${number}-${command}.sh`);
    writeFileSync(script, moved([line, ...options].join(' ')));
    return execa('bash', ['-e', script], {
      cwd: root,
      env,
      detached: true,
      reject: false,
      stdin: 'ignore',
      forceKillAfterDelay: 60_000,
    });
  }

  return {
    step,
    /** The run folder of the step that judges. */
    run: path.join(temp, { github: `run-${number}-1`, gitlab: 'run', jenkins: 'run-1' }[ci]),
    /** Cancels a step; resolves with the processes that had to be killed. */
    async cancel(entry: number): Promise<string[]> {
      const all = [entry, ...descendants(entry)];
      for (const [signal, whom, ms] of cancellations[ci]) {
        const told = whom === 'all' ? all : [whom === 'group' ? -entry : entry];
        told.forEach((pid) => send(pid, signal));
        if ((await left(all, ms)).length === 0) return [];
      }
      const killed = await left(all, 0);
      all.forEach((pid) => send(pid, 'SIGKILL'));
      return killed;
    },
  };
}
