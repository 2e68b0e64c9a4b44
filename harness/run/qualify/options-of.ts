import { readRecord } from '../../../reports/record/read-record.ts';
import { findRig } from '../../../rigs/file/find-rig.ts';
import { loadReplayRig } from '../../../rigs/file/replay-rig.ts';
import { HilError } from '../../base/error.ts';
import { type Profile, profiles } from '../../jest/host/profile.ts';
import { readRecordedRun } from '../../jest/session/recorded-run.ts';
import type { AskedRun, QualifyOptions } from './run.ts';

/** What is judged unless somebody asks for something else. */
export const usualProfile: Profile = 'nightly';

/**
 * Fills in what was not asked for. A run that is replayed, by its folder or by a rig with `driver: replay`, is judged as it
 * was: with its profile, clauses and seed.
 * @throws RIG_NOT_FOUND, RIG_FILE_INVALID, RECORD_UNREADABLE, RUN_NOT_REPLAYABLE; USAGE if something else is asked of a
 *   replay than its run has
 */
export async function optionsOf(asked: AskedRun): Promise<QualifyOptions> {
  if (asked.replay !== undefined) return { ...asked, ...recordedOptions(asked.replay) };
  const rig = await loadReplayRig(await findRig(asked.rig));
  if (!rig) return { ...asked, profile: asked.profile ?? usualProfile };
  const recorded = recordedOptions(rig.run);
  refuseOtherOptions(rig.name, asked, recorded);
  return { ...asked, ...recorded, replay: rig.run, replayRig: rig.name };
}

type Recorded = Pick<QualifyOptions, 'profile' | 'clausePattern' | 'seed' | 'maxFailures' | 'stopAt'>;

function recordedOptions(dir: string): Recorded {
  const { profile, clausePattern, seed } = readRecord(dir);
  const { maxFailures, stopAt } = readRecordedRun(dir).context;
  return { profile: profileOf(profile), clausePattern, seed, maxFailures, stopAt };
}

function profileOf(name: string): Profile {
  const found = profiles.find((profile) => profile === name);
  if (found) return found;
  throw new HilError('RUN_NOT_REPLAYABLE', `there is no profile ${name} any more`, {
    remedy: 'replay it with the commit that is in its run.json',
  });
}

/** Other inputs would be other bytes, which the run has no answer to. */
function refuseOtherOptions(name: string, asked: AskedRun, recorded: Recorded): void {
  const options = [
    ['--profile', asked.profile, recorded.profile],
    ['--clause', asked.clausePattern, recorded.clausePattern],
    ['--seed', asked.seed, recorded.seed],
    ['--max-failures', asked.maxFailures, recorded.maxFailures],
    ['--stop-at', asked.stopAt, recorded.stopAt],
    ['--fault', asked.faults[0] ?? null, null],
  ] as const;
  for (const [option, value, had] of options) {
    if (value === null || value === had) continue;
    const run = had === null ? 'which had none' : `which had ${had}`;
    throw new HilError('USAGE', `${option} ${value}: rig ${name} plays a run again, ${run}`, {
      remedy: `leave ${option} out`,
    });
  }
}
