import type { AttemptFacts, ClauseFacts } from '../../../reports/record/entry.ts';
import { type Clock, toMs } from '../../base/clock.ts';
import { HilError } from '../../base/error.ts';
import type { Emit } from '../host/emit.ts';
import { type ClauseSpec, testName } from '../host/host.ts';
import { type AbsentCommands, createExcuses, whyAbsent } from './absent-commands.ts';
import { afterSilence } from './after-silence.ts';
import { applyDeviations, type DeviatingOutcome } from './apply-deviations.ts';
import { type Attempt, type FixtureFactory, type ModuleFitness, runAttempt } from './attempt.ts';
import { createTestAbort, type TestAbort } from './deadline.ts';
import type { Outcome } from './outcome.ts';
import { createRepeats } from './repeats.ts';
import {
  combineAttempts,
  MOST_CONFIRMATIONS,
  tooMany,
  unrepeated,
  withBoundedReason,
} from './second-attempt.ts';
import { type Selection, whyNotRun, whyUnproven } from './selection.ts';

export interface ClauseRunnerOptions {
  readonly fitness: ModuleFitness;
  readonly fixtures: FixtureFactory;
  readonly selection: Selection;
  readonly clock: Clock;
  readonly emit: Emit;
  /** The number of the trace's last line. */
  lastLine(): number;
  /** Seconds of the module's network time per second. */
  readonly networkClock: number;
  readonly maxFailures: number | null;
  readonly clauseFacts: (id: string) => ClauseFacts;
  /** Known deviations: clauses whose failure is an observation. */
  readonly waived: ReadonlySet<string>;
  readonly absent: AbsentCommands;
}

export interface ClauseRunner {
  /** Runs a test, and then the failed tests that may be run again now (`repeats.ts`). */
  run(file: string, spec: ClauseSpec): Promise<void>;
  /**
   * Ends the running test with `reason`; the tests after it are not run, for the same reason. Resolves when every test
   * that was run has its verdict.
   */
  stop(reason: HilError): Promise<void>;
  /** How many tests have failed so far. */
  readonly failures: number;
  /** The rig error that ended a test: after that nothing more can be said of the module. */
  readonly rigError: HilError | undefined;
}

/** How many of the things that a test found as expected are kept. */
const MOST_HELD = 40;

/** An attempt with what the record keeps of it. */
type Recorded = Attempt & { readonly facts: AttemptFacts; readonly held: readonly string[] };

/** A test that was run once. */
interface RunOnce {
  readonly name: string;
  readonly spec: ClauseSpec;
  /** The trace's line at which it began. */
  readonly from: number;
  readonly first: Recorded;
}

/** Runs tests one after the other and reports their verdicts, which never depend on Jest. */
export function createClauseRunner(options: ClauseRunnerOptions): ClauseRunner {
  const { fitness, selection, clock, emit, maxFailures, clauseFacts, waived, absent } = options;
  const attemptParts = { ...options, excuses: createExcuses(absent) };
  const repeats = createRepeats<RunOnce>();
  let stopped: HilError | undefined;
  let rigError: HilError | undefined;
  let running: TestAbort | undefined;
  let ended: Promise<void> = Promise.resolve();
  let failures = 0;
  let confirmations = 0;

  const whyStopped = (): string | undefined => stopped && `${stopped.code}: ${stopped.message}`;

  function whySkipped(spec: ClauseSpec): string | undefined {
    if (stopped) return whyStopped();
    if (maxFailures !== null && failures >= maxFailures) return `--max-failures ${maxFailures} was reached`;
    return whyNotRun(spec, selection) ?? whyAbsent(spec.clauses, absent);
  }

  /** The outcome of a test that is not begun; undefined when it is. */
  function whyUnjudged(spec: ClauseSpec): Outcome | undefined {
    const reason = whySkipped(spec);
    if (reason !== undefined) return { verdict: 'not-run', reason };
    const failure = whyUnproven(spec, selection);
    return failure && { verdict: 'rig-error', reason: `${failure.code}: ${failure.message}` };
  }

  /** `ClauseOptions.through` applies to failed expectations only: a refused command is a failure of its own. */
  const judged = ({ spec, first }: RunOnce, outcome: Outcome): DeviatingOutcome =>
    applyDeviations(outcome, spec.clauses.filter((id) => !first.unseen.includes(id)).map(clauseFacts), {
      waived,
      through: first.expectationFailed ? (spec.through ?? []) : [],
    });

  /** @param from the trace's line at which the attempt begins */
  async function attempt(
    from: number,
    spec: ClauseSpec,
    number: number,
    prepare: ModuleFitness['ready'],
  ): Promise<Recorded> {
    const startedAt = clock.now();
    const abort = createTestAbort();
    running = abort;
    spec.held?.clear();
    const ran = await runAttempt(attemptParts, { spec, number, abort, prepare });
    const made = await afterSilence(fitness, ran, abort.signal);
    if (made.rigError) stopped = rigError ??= made.rigError;
    running = undefined;
    abort.abort(new HilError('ABORTED', 'the test has ended'));
    const outcome = withBoundedReason(made.outcome);
    const durationMs = tenths(toMs(clock.now() - startedAt));
    const { failure: _, ...said } = outcome;
    const held = [...(spec.held ?? [])].slice(0, MOST_HELD);
    return { ...made, outcome, held, facts: { ...said, durationMs, trace: [from, options.lastLine()] } };
  }

  /** Runs a test for the first time. @returns the test if it failed and is to be run again */
  async function runFirst(name: string, spec: ClauseSpec): Promise<RunOnce | undefined> {
    const unjudged = whyUnjudged(spec);
    const from = emit({ type: 'test-start', name });
    if (unjudged) {
      emit({ type: 'test-end', name, ...unjudged, durationMs: 0, trace: [from, from + 1] });
      return undefined;
    }
    const first = await attempt(from, spec, 1, (signal) => fitness.ready(signal));
    const test = { name, spec, from, first };
    const { outcome, mayBeFlaky } = first;
    // A known deviation is no failure, so there is nothing to confirm.
    if (mayBeFlaky && !stopped && judged(test, outcome).verdict === 'fail') return test;
    end(test, outcome);
    return undefined;
  }

  /**
   * Runs failed tests again, once. Only the first is preceded by `isolate`. The others judge what the first one prepared,
   * which a new set-up could disturb; before them the module is made ready as between first attempts.
   */
  async function runAgain(tests: readonly RunOnce[]): Promise<void> {
    let prepare: ModuleFitness['ready'] = (signal) => fitness.isolate(signal);
    for (const test of tests) {
      const { name, spec, first } = test;
      const why = whyStopped() ?? (confirmations >= MOST_CONFIRMATIONS ? tooMany : undefined);
      if (why !== undefined) {
        end(test, unrepeated(first.outcome, why));
        continue;
      }
      confirmations++;
      const second = await attempt(emit({ type: 'test-again', name }), spec, 2, prepare);
      prepare = (signal) => fitness.ready(signal);
      end(test, combineAttempts(first.outcome, second.outcome), second);
    }
  }

  function end(test: RunOnce, outcome: Outcome, second?: Recorded): void {
    const { name, from, first } = test;
    const { failure: _, ...ending } = judged(test, outcome);
    const { failure } = first.outcome;
    if (ending.verdict === 'fail') failures++;
    const unseen = first.unseen.length > 0 && ending.verdict !== 'not-run' && { unseen: first.unseen };
    const attempts = second && { attempts: [first.facts, second.facts] };
    const isProven = ending.verdict === 'fail' && !second && !first.mayBeFlaky;
    const durationMs = tenths(first.facts.durationMs + (second?.facts.durationMs ?? 0));
    const trace = [from, options.lastLine() + 1] as const;
    emit({
      type: 'test-end',
      name,
      ...ending,
      ...unseen,
      durationMs,
      trace,
      ...attempts,
      ...(isProven && { confirmed: true }),
      ...(ending.verdict === 'fail' && failure && { failure }),
      ...(first.held.length > 0 && { held: first.held }),
    });
  }

  /** Once the run is stopped, failed tests that wait to be run again get their verdict. */
  function endWaiting(): void {
    const why = whyStopped();
    if (why === undefined) return;
    for (const test of repeats.giveUp()) end(test, unrepeated(test.first.outcome, why));
  }

  async function runOne(name: string, spec: ClauseSpec): Promise<void> {
    const failed = await runFirst(name, spec);
    await runAgain(repeats.afterFirstRun(spec, failed));
    endWaiting();
  }

  return {
    run(file, spec) {
      ended = runOne(testName(file, spec.title), spec);
      return ended;
    },
    async stop(reason) {
      stopped ??= reason;
      running?.abort(reason);
      await ended;
      endWaiting();
    },
    get failures() {
      return failures;
    },
    get rigError() {
      return rigError;
    },
  };
}

const tenths = (ms: number): number => Math.round(ms * 10) / 10;
