import type { Capabilities } from '../../../rigs/control/control.ts';
import { type ClauseSpec, type Need, type Profile, profiles } from '../host/host.ts';

export interface Selection {
  readonly profile: Profile;
  /** Ids the `--clause` pattern names; null when there is none. */
  readonly clauses: ReadonlySet<string> | null;
  readonly capabilities: Capabilities;
  /** Whether a platform the module can reach is there. */
  readonly platform: boolean;
  /** Whether the board can bring about what no server can. */
  readonly localCauses: boolean;
}

const missing: Record<Need, { has: (selection: Selection) => boolean; reason: string }> = {
  reset: { has: (s) => s.capabilities.reset, reason: 'the rig has no reset line' },
  supplyCut: { has: (s) => s.capabilities.supplyCut, reason: 'the rig cannot cut the supply' },
  localCauses: { has: (s) => s.localCauses, reason: 'this board cannot bring the local cause about' },
  platform: { has: (s) => s.platform, reason: 'the rig has no platform the module can reach' },
};

/**
 * A test with the clauses alone that `--clause` names, none included: what else it judges is not asked for, gets no
 * verdict, and must not decide what the test's outcome means.
 * @param clauses ids; null when there is no `--clause`
 */
export const narrowed = (spec: ClauseSpec, clauses: Selection['clauses']): ClauseSpec =>
  clauses ? { ...spec, clauses: spec.clauses.filter((id) => clauses.has(id)) } : spec;

/**
 * Why a test is not run, or undefined when it is. The reasons are few and stable, so that the summary can
 * group by them.
 */
export function whyNotRun(
  spec: Pick<ClauseSpec, 'clauses' | 'profile' | 'needs'>,
  selection: Selection,
): string | undefined {
  const { clauses } = selection;
  if (clauses && !spec.clauses.some((id) => clauses.has(id))) return 'not selected by --clause';
  const least = spec.profile ?? 'nightly';
  if (profiles.indexOf(least) > profiles.indexOf(selection.profile))
    return `not part of profile ${selection.profile}`;
  return (spec.needs ?? []).map((need) => missing[need]).find(({ has }) => !has(selection))?.reason;
}
