import type { ClauseSpec } from './host.ts';
import { type Profile, profiles } from './profile.ts';

/** What a run was asked to judge, whatever the board can do. */
export interface Asked {
  readonly profile: Profile;
  /** Ids that match `--clause`; null without `--clause`. */
  readonly clauses: ReadonlySet<string> | null;
}

/**
 * Why a run leaves a test out that its board could run; undefined when it does not. Known before the run: a suite file
 * of which nothing is left is not even loaded.
 */
export function whyLeftOut(
  spec: Pick<ClauseSpec, 'clauses' | 'profile'>,
  { profile, clauses }: Asked,
): string | undefined {
  if (clauses && !spec.clauses.some((id) => clauses.has(id))) return 'not selected by --clause';
  const least = spec.profile ?? 'nightly';
  return profiles.indexOf(least) > profiles.indexOf(profile) ? `not part of profile ${profile}` : undefined;
}
