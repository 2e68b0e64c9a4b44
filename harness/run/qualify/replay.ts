import path from 'node:path';

import { readRecord } from '../../../reports/record/read-record.ts';
import { HilError } from '../../base/error.ts';
import { type Profile, profiles } from '../../jest/host/profile.ts';
import { readRecordedRun } from '../../jest/session/recorded-run.ts';
import { type Outputs, qualify } from './qualify.ts';

interface ReplayOptions {
  /** The folder of the new run; null: a new one under reports/runs. */
  readonly out: string | null;
}

/**
 * Judges a run again, with its trace in the place of the board: the same rig, seed, profile and clauses, the suites of now.
 * @returns the exit code, as of `qualify`; 3 where the harness now sends something else than in the trace (REPLAY_DIFFERS)
 * @throws RECORD_UNREADABLE, RUN_NOT_REPLAYABLE, and what `qualify` throws
 */
export function replay(dir: string, { out }: ReplayOptions, outputs: Outputs): Promise<number> {
  const { profile, clausePattern, seed } = readRecord(dir);
  const { rig, context } = readRecordedRun(dir);
  return qualify(
    {
      rig: rig.name,
      profile: profileOf(profile),
      clausePattern,
      seed,
      maxFailures: context.maxFailures,
      stopAt: context.stopAt,
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
}

function profileOf(name: string): Profile {
  const found = profiles.find((profile) => profile === name);
  if (found) return found;
  throw new HilError('RUN_NOT_REPLAYABLE', `there is no profile ${name} any more`, {
    remedy: 'replay it with the commit that is in its run.json',
  });
}
