import type { Judge, PropertyPlan, Talk } from '../../harness/jest/suite.ts';
import { commandsFor, type KnownState } from './known-state.ts';
import { disableAccess, reachState } from './reach-state.ts';

/** What a search may spend: accepted writes, reboots, and ms. */
interface Effort {
  readonly runs: number;
  /** Writes of its inputs, while nothing is found: as many as they may need, so that the seed alone says what is sent. */
  readonly exploring: number;
  /** Writes that bring about known values before them, in all runs together. */
  readonly arriving: number;
  /** More writes of each kind to shorten what was found. */
  readonly shortening: number;
  /** None unless told. */
  readonly reboots?: number;
  readonly withinMs: number;
}

/**
 * A plan whose runs start each from where the last one ended, since bringing a module to a known state costs writes.
 * A run that broke off leaves nothing that is known. After the last one access is disabled.
 * @param given the inputs, and those that are tried first
 * @param play sends one input and judges it; returns what is known of the module then
 */
export function continuedPlan<Input>(
  given: Pick<PropertyPlan<Input, KnownState>, 'inputs' | 'examples'>,
  { runs, exploring, arriving, shortening, reboots = 0, withinMs }: Effort,
  play: (input: Input, from: KnownState, talk: Talk, judge: Judge) => Promise<KnownState>,
): PropertyPlan<Input, KnownState> {
  let carried: KnownState | undefined;
  const spending = (more: number) => ({
    inputs: { writes: exploring + more, reboots },
    arriving: { writes: arriving + more, reboots: 0 },
  });
  return {
    ...given,
    runs,
    costs: { exploring: spending(0), total: spending(shortening) },
    withinMs,
    arrive(wanted, talk, judge) {
      const left = carried;
      carried = undefined;
      return reachState(wanted, left, talk, judge);
    },
    linesOf: commandsFor,
    async check(input, from, talk, judge) {
      carried = await play(input, from, talk, judge);
    },
    finish: (talk) => disableAccess(carried, talk),
  };
}
