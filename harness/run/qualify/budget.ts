import type { Budget } from '../../../reports/record/entry.ts';
import type { RigFile } from '../../../rigs/file/rig-file.ts';
import type { Profile } from '../../jest/host/profile.ts';

/** How many NVRAM writes a run may make: NVRAM wears, and a smoke run is made for every change. */
const nvramWrites: Record<Profile, number> = { smoke: 150, nightly: 500, release: 1_500 };

/** How many reboots a nightly run should need: each takes seconds on a real module. */
const nightlyReboots = { withoutPlatform: 15, withAccessStates: 20 };

/** The limit of NVRAM writes and, for the nightly profile, the planned number of reboots, which is only reported. */
export function budgetOf(profile: Profile, { platform }: Pick<RigFile, 'platform'>): Budget {
  const { withoutPlatform, withAccessStates } = nightlyReboots;
  const reboots = platform ? withAccessStates : withoutPlatform;
  return { nvramWrites: nvramWrites[profile], reboots: profile === 'nightly' ? reboots : null };
}
