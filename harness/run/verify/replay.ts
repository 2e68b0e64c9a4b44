import path from 'node:path';

import { type Outputs, qualify } from '../qualify/qualify.ts';

interface ReplayOptions {
  /** The folder of the new run; null: a new one under reports/runs. */
  readonly out: string | null;
}

/**
 * Judges a run again, with its trace in the place of the board: the same rig, seed, profile and clauses, the suites of now.
 * @returns the exit code, as of `qualify`; 3 where the harness now sends something else than in the trace (REPLAY_DIFFERS)
 * @throws what `qualify` throws
 */
export const replay = (dir: string, { out }: ReplayOptions, outputs: Outputs): Promise<number> =>
  qualify(
    {
      rig: dir,
      profile: null,
      clausePattern: null,
      seed: null,
      maxFailures: null,
      stopAt: null,
      out,
      latest: false,
      faults: [],
      waitMs: 0,
      timeoutMs: null,
      junit: 'rich',
      replay: path.resolve(dir),
    },
    outputs,
  );
