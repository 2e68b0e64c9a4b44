import fc from 'fast-check';

import { type Clock, systemClock, toMs } from '../../base/clock.ts';
import type { Fixtures } from '../host/fixtures.ts';
import { type Budget, type Costs, type Dialogue, openDialogue } from './dialogue.ts';
import { collectFindings, type Findings } from './findings.ts';
import { type Budgets, type Judge, runInput, type RunResult } from './property-run.ts';

/** What inputs may spend, and what is spent on the states they start from: the one never shortens the other. */
export interface Spending {
  readonly inputs: Costs;
  readonly starting: Costs;
}

/** One property: what is generated, and what is checked of each input. */
export interface PropertyPlan<T, S> {
  readonly inputs: fc.Arbitrary<T>;
  /** Inputs that are tried first, whatever the seed gives; they count among the runs. */
  readonly examples?: readonly T[];
  readonly runs: number;
  /** What all runs may spend while nothing is found, and in all, shortening what was found included. */
  readonly costs: { readonly exploring: Spending; readonly total: Spending };
  /** No run begins later than this after the first, ms: the test's deadline is never spent on shortening. */
  readonly withinMs: number;
  /**
   * Brings about a state to start from, by commands sent aside.
   * @param wanted the state in which a failure was found that is being shortened; undefined: whichever costs least
   */
  reachState(wanted: S | undefined, dialogue: Dialogue, judge: Judge): Promise<S>;
  /** Commands that bring about a state, for the replay. */
  linesOf(from: S): readonly string[];
  /** Sends one input, and judges what it did. */
  check(input: T, from: S, dialogue: Dialogue, judge: Judge): Promise<void>;
  /** After the last run: leaves the module fit for what comes. */
  finish(dialogue: Dialogue): Promise<void>;
}

/** After so many failures that were shortened, others are reported as they were found. */
const SHORTENED = 3;

type Target = Pick<Fixtures, 'module' | 'board' | 'run'>;

/**
 * Runs a property against the module: inputs come from the run's seed, so that the same seed gives the same inputs;
 * a failing input is shortened by fast-check as long as costs and time allow. Each clause gets its own findings.
 * @throws what ends the test: the port gone, the deadline passed
 */
export async function search<T, S>(
  target: Target,
  plan: PropertyPlan<T, S>,
  clock: Clock = systemClock,
): Promise<Findings> {
  const startedAt = clock.now();
  const state: SearchState<T, S> = {
    target,
    plan,
    findings: collectFindings(),
    budgets: { inputs: budget(plan.costs.exploring.inputs), starting: budget(plan.costs.exploring.starting) },
    late: () => toMs(clock.now() - startedAt) > plan.withinMs,
    shortened: new Set(),
    over: undefined,
  };
  let left = plan.runs;
  for (let round = 0; left > 0 && !state.over; round++) {
    left -= await hunt(state, round, left);
    if (state.shortened.size >= SHORTENED) break;
  }
  state.findings.tried({ made: plan.runs - left, meant: plan.runs, why: whyNoMore(state) });
  if (state.over?.why === 'thrown') throw state.over.error;
  if (state.over?.why !== 'module silent') await finish(state);
  return state.findings;
}

const budget = (limit: Costs): Budget => ({ spent: { writes: 0, reboots: 0 }, limit });

/** Why no more inputs were tried; what ends the test is thrown, and needs no words here. */
function whyNoMore({ over, shortened }: Pick<SearchState<unknown, unknown>, 'over' | 'shortened'>): string {
  if (over?.why === 'budget spent') return 'what they may spend was spent';
  if (over?.why === 'time over') return 'their time was over';
  if (over?.why === 'module silent') return 'the module fell silent';
  return `${shortened.size} failures were found`;
}

interface SearchState<T, S> {
  readonly target: Target;
  readonly plan: PropertyPlan<T, S>;
  readonly findings: Findings;
  readonly budgets: Budgets;
  readonly late: () => boolean;
  /** Clauses whose failure was shortened already. */
  readonly shortened: Set<string>;
  /** Set once no further run is of use. */
  over:
    | { why: NonNullable<RunResult<unknown>['over']> | 'time over' }
    | { why: 'thrown'; error: unknown }
    | undefined;
}

/**
 * Looks for a failure that is not known yet, and shortens it.
 * @returns how many inputs were tried until one failed
 */
async function hunt<T, S>(state: SearchState<T, S>, round: number, runs: number): Promise<number> {
  const { plan, budgets, shortened } = state;
  allow(budgets, plan.costs.exploring);
  let found: { readonly clause: string; readonly from: S | undefined } | undefined;
  let tried = 0;
  const holds = async (input: T): Promise<boolean> => {
    if (state.late()) state.over ??= { why: 'time over' };
    if (state.over) return true;
    if (!found) tried++;
    const { from, failed } = await attempt(state, found?.from, input);
    const [clause] = failed.filter((each) => !shortened.has(each));
    if (!found && clause !== undefined) {
      found = { clause, from };
      allow(budgets, plan.costs.total);
    }
    return !found || !failed.includes(found.clause);
  };
  // fast-check's seeds are signed 32-bit numbers. Its bias to small values would make most inputs a line or two.
  const seed = (state.target.run.seed + round) | 0;
  const examples = round === 0 ? (plan.examples ?? []).map((input): [T] => [input]) : [];
  const parameters = { seed, numRuns: runs, unbiased: true, examples };
  await fc.check(fc.asyncProperty(plan.inputs, holds), parameters);
  if (found) shortened.add(found.clause);
  return tried;
}

function allow({ inputs, starting }: Budgets, limit: Spending): void {
  inputs.limit = limit.inputs;
  starting.limit = limit.starting;
}

/** One run. fast-check must not take what ends the test for a failing input, so nothing is thrown into it. */
async function attempt<T, S>(
  state: SearchState<T, S>,
  wanted: S | undefined,
  input: T,
): Promise<Pick<RunResult<S>, 'from' | 'failed'>> {
  const { target, plan, budgets, findings } = state;
  try {
    const result = await runInput<S>(target, budgets, findings, {
      reachState: (dialogue, judge) => plan.reachState(wanted, dialogue, judge),
      linesOf: (from) => plan.linesOf(from),
      check: (from, dialogue, judge) => plan.check(input, from, dialogue, judge),
    });
    // An empty budget ends the search, unless there is something to shorten: for that there is more.
    const mayGoOn = result.over === 'budget spent' && result.failed.length > 0;
    if (result.over !== undefined && !mayGoOn) state.over = { why: result.over };
    return result;
  } catch (error) {
    state.over = { why: 'thrown', error };
    return { from: undefined, failed: [] };
  }
}

/** Putting things back is never refused for its costs. */
async function finish<T, S>({ target, plan, budgets }: SearchState<T, S>): Promise<void> {
  await plan.finish(openDialogue(target, { ...budgets.starting, limit: { writes: Infinity, reboots: 0 } }));
}
