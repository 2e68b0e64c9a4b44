import type { Dialogue, Judge, PropertyPlan } from '../../harness/jest/suite.ts';
import { commandsFor, type KnownState } from './known-state.ts';
import { disableAccess, reachState } from './reach-state.ts';

/** The limits of a search: accepted writes, reboots, and ms. */
interface Effort {
  readonly runs: number;
  /** Writes by its inputs while nothing is found: enough for all, so the seed alone decides what is sent. */
  readonly exploring: number;
  /** Writes to reach known values before the inputs, in all runs together. */
  readonly starting: number;
  /** Additional writes of each kind to shorten a failing input. */
  readonly shortening: number;
  /** 0 by default. */
  readonly reboots?: number;
  /** For the inputs, and for shortening one of them: see `PropertyPlan`. */
  readonly withinMs: number;
  readonly shorteningMs: number;
}

/**
 * A plan in which each run starts where the last one ended, because reaching a known state costs writes. After a run
 * that broke off, nothing is known. After the last run access is disabled.
 * @param generated the inputs, and those that are tried first
 * @param play sends one input and judges it; returns what is known of the module afterwards
 */
export function continuedPlan<Input>(
  generated: Pick<PropertyPlan<Input, KnownState>, 'inputs' | 'examples'>,
  { runs, exploring, starting, shortening, reboots = 0, ...times }: Effort,
  play: (input: Input, from: KnownState, dialogue: Dialogue, judge: Judge) => Promise<KnownState>,
): PropertyPlan<Input, KnownState> {
  let carried: KnownState | undefined;
  const spending = (more: number) => ({
    inputs: { writes: exploring + more, reboots },
    starting: { writes: starting + more, reboots: 0 },
  });
  return {
    ...generated,
    runs,
    costs: { exploring: spending(0), total: spending(shortening) },
    ...times,
    reachState(wanted, dialogue, judge) {
      const left = carried;
      carried = undefined;
      return reachState(wanted, left, dialogue, judge);
    },
    linesOf: commandsFor,
    async check(input, from, dialogue, judge) {
      carried = await play(input, from, dialogue, judge);
    },
    finish: (dialogue) => disableAccess(carried, dialogue),
  };
}
