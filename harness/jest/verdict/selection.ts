import type { Capabilities } from '../../../rigs/control/control.ts';
import type { HilError } from '../../base/error.ts';
import type { Switch, Unproven } from '../../proof/prove-switches.ts';
import type { ClauseSpec, Need } from '../host/host.ts';
import { type Asked, whyLeftOut } from '../host/left-out.ts';

export interface Selection extends Asked {
  readonly capabilities: Capabilities;
  /** Whether the rig has a platform that the module can reach. */
  readonly platform: boolean;
  /** Whether the board can switch local causes on and off (`TestBoard.provoke`). */
  readonly localCauses: boolean;
  /** What the board should be able to do, but was tried in vain at the start of the run. */
  readonly unproven: Unproven;
}

const missing: Record<Need, { has: (selection: Selection) => boolean; reason: string }> = {
  reset: { has: (s) => s.capabilities.reset, reason: 'the rig has no reset line' },
  supplyCut: { has: (s) => s.capabilities.supplyCut, reason: 'the rig cannot cut the supply' },
  localCauses: { has: (s) => s.localCauses, reason: 'this board cannot switch the local cause on' },
  platform: { has: (s) => s.platform, reason: 'the rig has no platform the module can reach' },
};

/**
 * A test with only the clauses that `--clause` selects, perhaps none. Its other clauses get no verdict, and must not
 * influence what the test's outcome means.
 * @param clauses ids; null without `--clause`
 */
export const withSelectedClauses = (spec: ClauseSpec, clauses: Selection['clauses']): ClauseSpec =>
  clauses ? { ...spec, clauses: spec.clauses.filter((id) => clauses.has(id)) } : spec;

/** Why a test is not run; undefined when it is. The reasons are few and stable, since the summary groups by them. */
export function whyNotRun(
  spec: Pick<ClauseSpec, 'clauses' | 'profile' | 'needs'>,
  selection: Selection,
): string | undefined {
  return (
    whyLeftOut(spec, selection) ??
    (spec.needs ?? []).map((need) => missing[need]).find(({ has }) => !has(selection))?.reason
  );
}

/**
 * The rig's failure for which a test cannot be judged; undefined when it can. Without proof that a cut silences the
 * module, and that a reset boots it, whatever is found after one says nothing about the module.
 */
export const whyUnproven = (
  { needs = [] }: Pick<ClauseSpec, 'needs'>,
  { unproven }: Pick<Selection, 'unproven'>,
): HilError | undefined => needs.map((need) => unproven.get(need as Switch)).find(Boolean);
