import type { AttemptFacts, ClauseFacts } from '../../../reports/record/entry.ts';
import { type Clock, toMs } from '../../base/clock.ts';
import { HilError } from '../../base/error.ts';
import type { Emit } from '../host/emit.ts';
import { type ClauseSpec, type Preparation, testName } from '../host/host.ts';
import { type AbsentCommands, createExcuses, whyAbsent } from './absent-commands.ts';
import { createAfterSilence } from './after-silence.ts';
import { applyDeviations, type DeviatingOutcome } from './apply-deviations.ts';
import {
  type Attempt,
  type FixtureFactory,
  type History,
  type ModuleFitness,
  type Repeat,
  runAttempt,
} from './attempt.ts';
import { createTestAbort, type TestAbort } from './deadline.ts';
import type { Enough } from './enough.ts';
import type { Outcome } from './outcome.ts';
import { createRepeats } from './repeats.ts';
import { createRunAgain, type RunOnce } from './run-again.ts';
import { unrepeated, withBoundedReason } from './second-attempt.ts';
import { type Selection, whyNotRun, whyUnproven } from './selection.ts';

export interface ClauseRunnerOptions {
  readonly fitness: ModuleFitness;
  readonly history: History;
  readonly fixtures: FixtureFactory;
  readonly selection: Selection;
  readonly clock: Clock;
  readonly emit: Emit;
  /** The number of the trace's last line. */
  lastLine(): number;
  /** Seconds of the module's network time per second. */
  readonly networkClock: number;
  readonly enough: Omit<Enough, 'emit'>;
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
  /** The rig error that ended a test: after that nothing more can be said of the module. */
  readonly rigError: HilError | undefined;
}

/** How many of the things that a test found as expected are kept. */
const MOST_HELD = 40;

/** An attempt with what the record keeps of it. */
type Recorded = Attempt & { readonly facts: AttemptFacts; readonly held: readonly string[] };

type FailedOnce = RunOnce<Recorded>;

/** Runs tests one after the other and reports their verdicts, which never depend on Jest. */
export function createClauseRunner(options: ClauseRunnerOptions): ClauseRunner {
  const { fitness, history, selection, clock, emit, enough, clauseFacts, waived, absent } = options;
  const attemptParts = { ...options, excuses: createExcuses(absent) };
  const afterSilence = createAfterSilence(fitness);
  const repeats = createRepeats<FailedOnce>();
  let stopped: HilError | undefined;
  let rigError: HilError | undefined;
  let running: TestAbort | undefined;
  let ended: Promise<void> = Promise.resolve();
  /** What had been done to the module when the first test of a preparation began. */
  const marks = new WeakMap<Preparation, number>();
  const runAgain = createRunAgain<Recorded>({
    fitness,
    history,
    attempt: ({ name, spec }, { number, prepare, repeat }) =>
      attempt(emit({ type: 'test-again', name }), spec, number, prepare, repeat),
    whyStopped: () => whyStopped(),
    end,
  });

  const whyStopped = (): string | undefined => stopped && `${stopped.code}: ${stopped.message}`;

  function whySkipped(spec: ClauseSpec): string | undefined {
    if (stopped) return whyStopped();
    // What the run has shown is judged however early it ends, and costs nothing.
    const why = spec.hindsight ? undefined : enough.why();
    return why ?? whyNotRun(spec, selection) ?? whyAbsent(spec.clauses, absent);
  }

  /** The outcome of a test that is not begun; undefined when it is. */
  function whyUnjudged(spec: ClauseSpec): Outcome | undefined {
    const reason = whySkipped(spec);
    if (reason !== undefined) return { verdict: 'not-run', reason };
    const failure = whyUnproven(spec, selection);
    return failure && { verdict: 'rig-error', reason: `${failure.code}: ${failure.message}` };
  }

  /** `ClauseOptions.through` applies to failed expectations only: a refused command is a failure of its own. */
  const judged = ({ spec, first }: FailedOnce, outcome: Outcome): DeviatingOutcome =>
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
    repeat?: Repeat,
  ): Promise<Recorded> {
    const startedAt = clock.now();
    const abort = createTestAbort();
    running = abort;
    spec.held?.clear();
    const ran = await runAttempt(attemptParts, { spec, number, abort, prepare, repeat });
    const made = await afterSilence(ran, abort.signal);
    if (made.rigError) stopped = rigError ??= made.rigError;
    running = undefined;
    abort.abort(new HilError('ABORTED', 'the test has ended'));
    const outcome = withBoundedReason(made.outcome);
    const durationMs = tenths(toMs(clock.now() - startedAt));
    const { failure: _, ...said } = outcome;
    const held = [...(spec.held ?? [])].slice(0, MOST_HELD);
    return { ...made, outcome, held, facts: { ...said, durationMs, trace: [from, options.lastLine()] } };
  }

  function markOf({ shares }: ClauseSpec): number {
    const mark = (shares && marks.get(shares)) ?? history.mark();
    if (shares) marks.set(shares, mark);
    return mark;
  }

  /** Runs a test for the first time. @returns the test if it failed and is to be run again */
  async function runFirst(name: string, spec: ClauseSpec): Promise<FailedOnce | undefined> {
    const unjudged = whyUnjudged(spec);
    const from = emit({ type: 'test-start', name });
    if (unjudged) {
      emit({ type: 'test-end', name, ...unjudged, durationMs: 0, trace: [from, from + 1] });
      return undefined;
    }
    let mark = history.mark();
    const first = await attempt(from, spec, 1, async (signal) => {
      await fitness.ready(signal);
      // A recovery is no part of the test.
      mark = markOf(spec);
    });
    const test = { name, spec, from, mark, first };
    const { outcome, mayBeFlaky } = first;
    // A known deviation is no failure, so there is nothing to confirm.
    if (mayBeFlaky && !stopped && judged(test, outcome).verdict === 'fail') return test;
    end(test, outcome);
    return undefined;
  }

  function end(test: FailedOnce, outcome: Outcome, again: readonly Recorded[] = []): void {
    const { name, from, first } = test;
    const { failure: _, ...ending } = judged(test, outcome);
    const { failure } = first.outcome;
    const { deviates = [] } = ending;
    if (ending.verdict === 'fail')
      enough.failed(test.spec.clauses.filter((id) => !first.unseen.includes(id) && !deviates.includes(id)));
    const unseen = first.unseen.length > 0 && ending.verdict !== 'not-run' && { unseen: first.unseen };
    const attempts = [first, ...again].map(({ facts }) => facts);
    const isProven = ending.verdict === 'fail' && again.length === 0 && !first.mayBeFlaky;
    const durationMs = tenths(attempts.reduce((sum, each) => sum + each.durationMs, 0));
    const trace = [from, options.lastLine() + 1] as const;
    emit({
      type: 'test-end',
      name,
      ...ending,
      ...unseen,
      durationMs,
      trace,
      ...(again.length > 0 && { attempts }),
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
    get rigError() {
      return rigError;
    },
  };
}

const tenths = (ms: number): number => Math.round(ms * 10) / 10;
