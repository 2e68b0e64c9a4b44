import type { AttemptFacts, ClauseFacts } from '../../../reports/record/entry.ts';
import { type Clock, toMs } from '../../base/clock.ts';
import { HilError } from '../../base/error.ts';
import type { Emit } from '../host/emit.ts';
import { type ClauseSpec, testName } from '../host/host.ts';
import { type AbsentCommands, createExcuses, whyAbsent } from './absent-commands.ts';
import { weigh, type Weighed } from './apply-deviations.ts';
import { type Attempt, runAttempt, type TestBench } from './attempt.ts';
import { createTestAbort, type TestAbort } from './deadline.ts';
import type { Outcome } from './outcome.ts';
import { createRepeats } from './repeats.ts';
import { bounded, confirmed, MOST_CONFIRMATIONS, tooMany, unrepeated } from './second-attempt.ts';
import { type Selection, whyNotRun } from './selection.ts';

export interface TestRunnerOptions {
  readonly bench: TestBench;
  readonly selection: Selection;
  readonly clock: Clock;
  readonly emit: Emit;
  /** The number of the trace's last line. */
  lastLine(): number;
  /** Seconds of the module's network time in a second. */
  readonly networkClock: number;
  readonly maxFailures: number | null;
  readonly clauseFacts: (id: string) => ClauseFacts;
  /** Known deviations: clauses whose failure is an observation. */
  readonly waived: ReadonlySet<string>;
  /** What the firmware has not at all. */
  readonly absent: AbsentCommands;
}

export interface TestRunner {
  /** Runs a test; and again those that failed and now may be (`repeats.ts`), each of which has its verdict then. */
  run(file: string, spec: ClauseSpec): Promise<void>;
  /**
   * Ends the running test with `reason`; whatever comes after is not run, for the same reason. Resolves when
   * every test that was run has had its verdict.
   */
  stop(reason: HilError): Promise<void>;
  /** How many tests failed so far. */
  readonly failures: number;
  /** The rig error that a test ran into: nothing more can be said of the module. */
  readonly dead: HilError | undefined;
}

/** An attempt as it is recorded. */
type Recorded = Attempt & { readonly facts: AttemptFacts };

/** A test that was run once. */
interface RunOnce {
  readonly name: string;
  readonly spec: ClauseSpec;
  /** The trace's line at which it began. */
  readonly from: number;
  readonly first: Recorded;
}

/** Runs tests one after the other and says how each ended. A verdict never depends on Jest. */
export function createTestRunner(options: TestRunnerOptions): TestRunner {
  const { bench, selection, clock, emit, maxFailures, clauseFacts, networkClock, waived, absent } = options;
  const parts = { bench, clock, clauseFacts, networkClock, excuses: createExcuses(absent) };
  const repeats = createRepeats<RunOnce>();
  let stopped: HilError | undefined;
  let dead: HilError | undefined;
  let running: TestAbort | undefined;
  let ended: Promise<void> = Promise.resolve();
  let failures = 0;
  let confirmations = 0;

  const whyStopped = (): string | undefined => stopped && `${stopped.code}: ${stopped.message}`;

  function whyNot(spec: ClauseSpec): string | undefined {
    if (stopped) return whyStopped();
    if (maxFailures !== null && failures >= maxFailures) return `--max-failures ${maxFailures} was reached`;
    return whyNotRun(spec, selection) ?? whyAbsent(spec.clauses, absent);
  }

  /** `ClauseOptions.through` counts where an expectation was disappointed: a command refused is seen by itself. */
  const weighed = ({ spec, first }: RunOnce, outcome: Outcome): Weighed =>
    weigh(outcome, spec.clauses.map(clauseFacts), {
      waived,
      through: first.disappointed ? (spec.through ?? []) : [],
    });

  /** One attempt, with its place in the trace from the line `from`. */
  async function attempt(
    from: number,
    spec: ClauseSpec,
    number: number,
    prepare: TestBench['ready'],
  ): Promise<Recorded> {
    const startedAt = clock.now();
    const abort = createTestAbort();
    running = abort;
    const made = await runAttempt(parts, { spec, number, abort, prepare });
    if (made.rigError) stopped = dead ??= made.rigError;
    running = undefined;
    abort.abort(new HilError('ABORTED', 'the test has ended'));
    const outcome = bounded(made.outcome);
    const durationMs = tenths(toMs(clock.now() - startedAt));
    return { ...made, outcome, facts: { ...outcome, durationMs, trace: [from, options.lastLine()] } };
  }

  /** Runs a test for the first time. @returns it, where it failed and is to be run again */
  async function runFirst(name: string, spec: ClauseSpec): Promise<RunOnce | undefined> {
    const reason = whyNot(spec);
    const from = emit({ type: 'test-start', name });
    if (reason !== undefined) {
      emit({ type: 'test-end', name, verdict: 'not-run', reason, durationMs: 0, trace: [from, from + 1] });
      return undefined;
    }
    const test = { name, spec, from, first: await attempt(from, spec, 1, (signal) => bench.ready(signal)) };
    const { outcome, mayBeFlaky } = test.first;
    // A known deviation fails nothing, so there is nothing to confirm.
    if (mayBeFlaky && !stopped && weighed(test, outcome).verdict === 'fail') return test;
    end(test, outcome);
    return undefined;
  }

  /**
   * Runs failed tests again, once. The module is isolated before the first of them alone: those that follow judge what
   * that one prepared, for which the module has to be as it was left, as between first attempts. Where something speaks
   * against it, it is brought back all the same.
   */
  async function runAgain(tests: readonly RunOnce[]): Promise<void> {
    let prepare: TestBench['ready'] = (signal) => bench.isolate(signal);
    for (const test of tests) {
      const { name, spec, first } = test;
      const why = whyStopped() ?? (confirmations >= MOST_CONFIRMATIONS ? tooMany : undefined);
      if (why !== undefined) {
        end(test, unrepeated(first.outcome, why));
        continue;
      }
      confirmations++;
      const second = await attempt(emit({ type: 'test-again', name }), spec, 2, prepare);
      prepare = (signal) => bench.ready(signal);
      end(test, confirmed(first.outcome, second.outcome), second);
    }
  }

  /** A test has its verdict. */
  function end(test: RunOnce, outcome: Outcome, second?: Recorded): void {
    const { name, from, first } = test;
    const ending = weighed(test, outcome);
    if (ending.verdict === 'fail') failures++;
    const attempts = second && { attempts: [first.facts, second.facts] };
    const durationMs = tenths(first.facts.durationMs + (second?.facts.durationMs ?? 0));
    const trace = [from, options.lastLine() + 1] as const;
    emit({ type: 'test-end', name, ...ending, durationMs, trace, ...attempts });
  }

  function giveUp(): void {
    const why = whyStopped();
    if (why === undefined) return;
    for (const test of repeats.giveUp()) end(test, unrepeated(test.first.outcome, why));
  }

  async function runOne(name: string, spec: ClauseSpec): Promise<void> {
    const failed = await runFirst(name, spec);
    await runAgain(repeats.over(spec, failed));
    giveUp();
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
      giveUp();
    },
    get failures() {
      return failures;
    },
    get dead() {
      return dead;
    },
  };
}

const tenths = (ms: number): number => Math.round(ms * 10) / 10;
