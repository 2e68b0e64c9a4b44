import type { Budget } from '../../../reports/record/entry.ts';
import type { RigFile } from '../../../rigs/file/rig-file.ts';
import type { Profile } from '../../jest/host/profile.ts';

/** Accepted NVRAM writes a run may make; a smoke run is made for every change. */
const nvramWrites: Record<Profile, number> = { smoke: 150, nightly: 500, release: 1_500 };

/** Reboots a nightly run is meant to get by with: each costs seconds on metal. */
const nightlyReboots = { withoutPlatform: 15, withAccessStates: 20 };

/** What a run may spend. Reboots are a figure to be seen, for the nightly profile alone; writes are a limit. */
export function budgetOf(profile: Profile, { platform }: Pick<RigFile, 'platform'>): Budget {
  const { withoutPlatform, withAccessStates } = nightlyReboots;
  const reboots = platform ? withAccessStates : withoutPlatform;
  return { nvramWrites: nvramWrites[profile], reboots: profile === 'nightly' ? reboots : null };
}
