import type { Judge, PropertyPlan, Talk } from '../harness/jest/suite.ts';
import { arrive, disableAccess } from './arrive.ts';
import { linesOf } from './known.ts';
import type { Known } from './known.ts';

/** What a search may spend: accepted writes while nothing is found and in all, reboots, and ms. */
interface Effort {
  readonly runs: number;
  readonly exploring: number;
  readonly total: number;
  /** None unless told. */
  readonly reboots?: number;
  readonly withinMs: number;
}

/**
 * A plan whose runs start each from where the last one ended, since bringing a module to a known state costs writes.
 * A run that broke off leaves nothing that is known. After the last one access is disabled.
 * @param play sends one input and judges it; returns what is known of the module then
 */
export function carrying<Input>(
  inputs: PropertyPlan<Input, Known>['inputs'],
  { runs, exploring, total, reboots = 0, withinMs }: Effort,
  play: (input: Input, from: Known, talk: Talk, judge: Judge) => Promise<Known>,
): PropertyPlan<Input, Known> {
  let carried: Known | undefined;
  return {
    inputs,
    runs,
    costs: { exploring: { writes: exploring, reboots }, total: { writes: total, reboots } },
    withinMs,
    arrive(wanted, talk, judge) {
      const left = carried;
      carried = undefined;
      return arrive(wanted, left, talk, judge);
    },
    linesOf,
    async check(input, from, talk, judge) {
      carried = await play(input, from, talk, judge);
    },
    finish: (talk) => disableAccess(carried, talk),
  };
}
