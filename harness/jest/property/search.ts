import fc from 'fast-check';

import { type Clock, toMs } from '../../base/clock.ts';
import type { Fixtures } from '../host/fixtures.ts';
import { type Budget, type Costs, type Dialogue, openDialogue } from './dialogue.ts';
import { collectFindings, type Findings } from './findings.ts';
import { type Budgets, type Judge, runInput, type RunResult } from './property-run.ts';

/** The limits for the inputs and for reaching the states from which they start; one does not reduce the other. */
export interface Spending {
  readonly inputs: Costs;
  readonly starting: Costs;
}

/** One property: the generated inputs, and how each is checked. */
export interface PropertyPlan<T, S> {
  readonly inputs: fc.Arbitrary<T>;
  /** Inputs that are tried first, with any seed; they count as runs. */
  readonly examples?: readonly T[];
  readonly runs: number;
  /** What all runs may spend until a failure is found, and in total, including the shortening of failures. */
  readonly costs: { readonly exploring: Spending; readonly total: Spending };
  /**
   * No new input is tried later than this after the first, ms. What they are is bounded besides: this is for a machine or
   * a module that is slow beyond measure.
   */
  readonly withinMs: number;
  /** How long a failing input is shortened, ms. The test's deadline is later than both times together. */
  readonly shorteningMs: number;
  /**
   * Brings the module to a state from which an input is sent, by commands sent aside.
   * @param wanted the state of the failure that is being shortened; undefined: the state that costs least
   */
  reachState(wanted: S | undefined, dialogue: Dialogue, judge: Judge): Promise<S>;
  /** Commands that bring the module to a state, for the replay. */
  linesOf(from: S): readonly string[];
  /** Sends one input and judges its effects. */
  check(input: T, from: S, dialogue: Dialogue, judge: Judge): Promise<void>;
  /** After the last run: leaves the module in a state that suits the tests after it. */
  finish(dialogue: Dialogue): Promise<void>;
}

/** How many failures are shortened; after that the search ends. */
const MOST_SHORTENED = 3;

type Target = Pick<Fixtures, 'module' | 'board' | 'run'>;

/**
 * Runs a property against the module. The run's seed decides the inputs. fast-check shortens a failing input as long as
 * costs and time allow. Each clause gets its own findings.
 * @throws errors that end the test: the port gone, the deadline passed
 */
export async function search<T, S>(
  target: Target,
  plan: PropertyPlan<T, S>,
  clock: Pick<Clock, 'now'> = target.run.clock,
): Promise<Findings> {
  const startedAt = clock.now();
  const state: SearchState<T, S> = {
    target,
    plan,
    findings: collectFindings(),
    budgets: { inputs: budget(plan.costs.exploring.inputs), starting: budget(plan.costs.exploring.starting) },
    elapsedMs: () => toMs(clock.now() - startedAt),
    examples: plan.examples ?? [],
    shortened: new Set(),
    over: undefined,
  };
  let left = plan.runs;
  for (let round = 0; left > 0 && !state.over; round++) {
    left -= await findFailure(state, round, left);
    if (state.shortened.size >= MOST_SHORTENED) break;
  }
  state.findings.setEffort({
    ...{ tried: plan.runs - left, planned: plan.runs, why: whyNoMore(state) },
    examplesLeft: state.over?.why === 'time over' ? state.examples.length : 0,
  });
  if (state.over?.why === 'thrown') throw state.over.error;
  if (state.over?.why !== 'module silent') await finish(state);
  return state.findings;
}

const budget = (limit: Costs): Budget => ({ spent: { writes: 0, reboots: 0 }, limit });

/** Why no more inputs were tried. An error that ends the test is thrown instead. */
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
  readonly elapsedMs: () => number;
  /** Those that were not tried yet: a failure ends a round. */
  examples: readonly T[];
  readonly shortened: Set<string>;
  /** Set once further runs are of no use. */
  over:
    | { why: NonNullable<RunResult<unknown>['over']> | 'time over' }
    | { why: 'thrown'; error: unknown }
    | undefined;
}

/**
 * Looks for a new failure and shortens it.
 * @returns how many inputs were tried until one failed
 */
async function findFailure<T, S>(state: SearchState<T, S>, round: number, runs: number): Promise<number> {
  const { plan, budgets, shortened } = state;
  setLimits(budgets, plan.costs.exploring);
  let found: { readonly clause: string; readonly from: S | undefined; readonly atMs: number } | undefined;
  let tried = 0;
  const holds = async (input: T): Promise<boolean> => {
    if (!found && state.elapsedMs() > plan.withinMs) state.over ??= { why: 'time over' };
    if (state.over || (found && state.elapsedMs() >= found.atMs + plan.shorteningMs)) return true;
    if (!found) tried++;
    const { from, failed } = await attempt(state, found?.from, input);
    const [clause] = failed.filter((each) => !shortened.has(each));
    if (!found && clause !== undefined) {
      found = { clause, from, atMs: state.elapsedMs() };
      setLimits(budgets, plan.costs.total);
    }
    return !found || !failed.includes(found.clause);
  };
  // fast-check's seeds are signed 32-bit numbers. Unbiased, since its bias makes most inputs one or two lines long.
  const seed = (state.target.run.seed + round) | 0;
  const examples = state.examples.map((input): [T] => [input]);
  const parameters = { seed, numRuns: runs, unbiased: true, examples };
  await fc.check(fc.asyncProperty(plan.inputs, holds), parameters);
  state.examples = state.examples.slice(tried);
  if (found) shortened.add(found.clause);
  return tried;
}

function setLimits({ inputs, starting }: Budgets, limit: Spending): void {
  inputs.limit = limit.inputs;
  starting.limit = limit.starting;
}

/** One run. It throws nothing, since fast-check would take an error that ends the test for a failing input. */
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
    // A spent budget ends the search, unless a failure is to be shortened: the limit is raised for that.
    const mayGoOn = result.over === 'budget spent' && result.failed.length > 0;
    if (result.over !== undefined && !mayGoOn) state.over = { why: result.over };
    return result;
  } catch (error) {
    state.over = { why: 'thrown', error };
    return { from: undefined, failed: [] };
  }
}

/** Never refused for its costs. */
async function finish<T, S>({ target, plan, budgets }: SearchState<T, S>): Promise<void> {
  await plan.finish(openDialogue(target, { ...budgets.starting, limit: { writes: Infinity, reboots: 0 } }));
}
