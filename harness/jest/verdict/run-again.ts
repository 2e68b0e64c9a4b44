import type { ClauseSpec } from '../host/host.ts';
import type { Attempt, History, ModuleFitness, Repeat } from './attempt.ts';
import type { Outcome } from './outcome.ts';
import { combineAttempts, combineThird, MOST_CONFIRMATIONS, tooMany, unrepeated } from './second-attempt.ts';

/** A test that was run once and failed. */
export interface RunOnce<Ran extends Attempt> {
  readonly name: string;
  readonly spec: ClauseSpec;
  /** The trace's line at which it began. */
  readonly from: number;
  /** What had been done to the module when it began, or the first test that shares its preparation. */
  readonly mark: number;
  readonly first: Ran;
}

/** How an attempt after the first is made. */
interface Order {
  readonly number: 2 | 3;
  readonly prepare: ModuleFitness['ready'];
  readonly repeat?: Repeat | undefined;
}

interface Parts<Ran extends Attempt> {
  readonly fitness: Pick<ModuleFitness, 'ready' | 'isolate'>;
  readonly history: History;
  readonly attempt: (test: RunOnce<Ran>, order: Order) => Promise<Ran>;
  /** Why no test is run any more; undefined while they are. */
  readonly whyStopped: () => string | undefined;
  readonly end: (test: RunOnce<Ran>, outcome: Outcome, again: readonly Ran[]) => void;
}

/** A test that did not fail when it was run again. */
interface RunTwice<Ran extends Attempt> {
  readonly test: RunOnce<Ran>;
  readonly second: Ran;
}

/**
 * Runs failed tests again. Only the first is preceded by `isolate`. The others judge what the first one prepared, which a
 * new set-up could disturb; before them the module is made ready as between first attempts.
 *
 * What the first attempts did is still in the module then. So those that do not fail again are run a third time, from
 * where they began: the records as they were, the reboots made again. Only if they do not fail then are they flaky.
 * @returns a function that takes the tests of one preparation, or one by itself
 */
export function createRunAgain<Ran extends Attempt>(parts: Parts<Ran>) {
  const { fitness, history, attempt, whyStopped, end } = parts;
  let confirmations = 0;
  const isolate: ModuleFitness['ready'] = (signal) => fitness.isolate(signal);
  const ready: ModuleFitness['ready'] = (signal) => fitness.ready(signal);

  const whyNot = (): string | undefined =>
    whyStopped() ?? (confirmations >= MOST_CONFIRMATIONS ? tooMany : undefined);

  return async (tests: readonly RunOnce<Ran>[]): Promise<void> => {
    const passed: RunTwice<Ran>[] = [];
    const differs = tests.some(({ mark }) => history.backTo(mark) !== undefined);
    let prepare = isolate;
    for (const test of tests) {
      const why = whyNot();
      if (why !== undefined) {
        end(test, unrepeated(test.first.outcome, why), []);
        continue;
      }
      confirmations++;
      const second = await attempt(test, { number: 2, prepare });
      prepare = ready;
      if (differs && mayDependOnHistory(second)) passed.push({ test, second });
      else end(test, combineAttempts(test.first.outcome, second.outcome), [second]);
    }
    await runFromHistory(passed);
  };

  async function runFromHistory(tests: readonly RunTwice<Ran>[]): Promise<void> {
    const way = tests[0] && history.backTo(tests[0].test.mark);
    let repeat = way && 'repeat' in way ? way.repeat : undefined;
    let whyNotBack = way && 'whyNot' in way ? way.whyNot : undefined;
    let prepare = isolate;
    for (const { test, second } of tests) {
      const combined = combineAttempts(test.first.outcome, second.outcome);
      const why = whyNot() ?? whyNotBack;
      if (why !== undefined) {
        end(test, combineThird(combined, { verdict: 'not-run', reason: why }), [second]);
        continue;
      }
      confirmations++;
      const back = repeat && followed(repeat);
      const third = await attempt(test, { number: 3, prepare, repeat: back?.repeat });
      prepare = ready;
      repeat = undefined;
      // Those that share its preparation would begin where nothing was brought back.
      if (back && !back.isDone()) whyNotBack = third.outcome.reason ?? 'it was not brought back';
      end(test, combineThird(combined, third.outcome), [second, third]);
    }
  }
}

/** A way back, and whether it was gone to its end: a test may come to no verdict after it as well. */
function followed(repeat: Repeat): { readonly repeat: Repeat; isDone(): boolean } {
  let done = false;
  return {
    async repeat(fixtures) {
      await repeat(fixtures);
      done = true;
    },
    isDone: () => done,
  };
}

const mayDependOnHistory = ({ outcome }: Attempt): boolean =>
  ['pass', 'observed', 'not-run'].includes(outcome.verdict);
