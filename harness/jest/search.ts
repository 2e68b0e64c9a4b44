import fc from 'fast-check';
import type { Clock } from '../base/clock.ts';
import { systemClock, toMs } from '../base/clock.ts';
import { collectFindings } from './findings.ts';
import type { Findings } from './findings.ts';
import type { Fixtures } from './host.ts';
import { runInput } from './property-run.ts';
import type { Judge, RunResult } from './property-run.ts';
import { openTalk } from './talk.ts';
import type { Costs, Purse, Talk } from './talk.ts';

/** One property: what is generated, and what is checked of each input. */
export interface PropertyPlan<T, S> {
  readonly inputs: fc.Arbitrary<T>;
  readonly runs: number;
  /** What all runs may spend while nothing is found, and in all, shortening what was found included. */
  readonly costs: { readonly exploring: Costs; readonly total: Costs };
  /** No run begins later than this after the first, ms: the test's deadline is never spent on shortening. */
  readonly withinMs: number;
  /**
   * Brings about a state to start from, by commands sent aside.
   * @param wanted the state in which a failure was found that is being shortened; undefined: whichever costs least
   */
  arrive(wanted: S | undefined, talk: Talk, judge: Judge): Promise<S>;
  /** Commands that bring about a state, for the replay. */
  linesOf(from: S): readonly string[];
  /** Sends one input, and judges what it did. */
  check(input: T, from: S, talk: Talk, judge: Judge): Promise<void>;
  /** After the last run: leaves the module fit for what comes. */
  finish(talk: Talk): Promise<void>;
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
    purse: { spent: { writes: 0, reboots: 0 }, limit: plan.costs.exploring },
    late: () => toMs(clock.now() - startedAt) > plan.withinMs,
    shortened: new Set(),
    over: undefined,
  };
  for (let round = 0, left = plan.runs; left > 0 && !state.over; round++) {
    left -= await hunt(state, round, left);
    if (state.shortened.size >= SHORTENED) break;
  }
  if (state.over?.why === 'thrown') throw state.over.error;
  if (state.over?.why !== 'module silent') await finish(state);
  return state.findings;
}

interface SearchState<T, S> {
  readonly target: Target;
  readonly plan: PropertyPlan<T, S>;
  readonly findings: Findings;
  readonly purse: Purse;
  readonly late: () => boolean;
  /** Clauses whose failure was shortened already. */
  readonly shortened: Set<string>;
  /** Set once no further run is of use. */
  over: { why: NonNullable<RunResult<unknown>['over']> } | { why: 'thrown'; error: unknown } | undefined;
}

/**
 * Looks for a failure that is not known yet, and shortens it.
 * @returns how many inputs were tried until one failed
 */
async function hunt<T, S>(state: SearchState<T, S>, round: number, runs: number): Promise<number> {
  const { plan, purse, shortened } = state;
  purse.limit = plan.costs.exploring;
  let found: { readonly clause: string; readonly from: S | undefined } | undefined;
  let tried = 0;
  const holds = async (input: T): Promise<boolean> => {
    if (!found) tried++;
    if (state.over || state.late()) return true;
    const { from, failed } = await attempt(state, found?.from, input);
    const [clause] = failed.filter((each) => !shortened.has(each));
    if (!found && clause !== undefined) {
      found = { clause, from };
      purse.limit = plan.costs.total;
    }
    return !found || !failed.includes(found.clause);
  };
  // fast-check's seeds are signed 32-bit numbers. Its bias to small values would make most inputs a line or two.
  const seed = (state.target.run.seed + round) | 0;
  await fc.check(fc.asyncProperty(plan.inputs, holds), { seed, numRuns: runs, unbiased: true });
  if (found) shortened.add(found.clause);
  return tried;
}

/** One run. fast-check must not take what ends the test for a failing input, so nothing is thrown into it. */
async function attempt<T, S>(
  state: SearchState<T, S>,
  wanted: S | undefined,
  input: T,
): Promise<Pick<RunResult<S>, 'from' | 'failed'>> {
  const { target, plan, purse, findings } = state;
  try {
    const result = await runInput<S>(target, purse, findings, {
      arrive: (talk, judge) => plan.arrive(wanted, talk, judge),
      linesOf: (from) => plan.linesOf(from),
      check: (from, talk, judge) => plan.check(input, from, talk, judge),
    });
    // An empty purse ends the search, unless there is something to shorten: for that there is more.
    const mayGoOn = result.over === 'purse empty' && result.failed.length > 0;
    if (result.over !== undefined && !mayGoOn) state.over = { why: result.over };
    return result;
  } catch (error) {
    state.over = { why: 'thrown', error };
    return { from: undefined, failed: [] };
  }
}

/** Putting things back is never refused for its costs. */
async function finish<T, S>({ target, plan, purse }: SearchState<T, S>): Promise<void> {
  await plan.finish(openTalk(target, { spent: purse.spent, limit: { writes: Infinity, reboots: 0 } }));
}
