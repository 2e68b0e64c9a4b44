import type { Clock } from '../base/clock.ts';
import { toMs } from '../base/clock.ts';
import { HilError, isHilError } from '../base/error.ts';
import type { Exchange } from '../at/exchange.ts';
import type { AttemptFacts, ClauseFacts } from '../../reports/entry.ts';
import type { AbsentCommands } from './absent-commands.ts';
import { createExcuses, whyAbsent } from './absent-commands.ts';
import { bounded, confirmed, mayBeFlaky, MOST_CONFIRMATIONS, tooMany, unrepeated } from './confirm.ts';
import { createTestAbort, withDeadline } from './deadline.ts';
import type { OffTheClock, TestAbort } from './deadline.ts';
import type { Emit } from './emit.ts';
import type { ClauseSpec, Fixtures } from './host.ts';
import { testName } from './host.ts';
import { outcomeOf } from './outcome.ts';
import type { Outcome } from './outcome.ts';
import type { Selection } from './selection.ts';
import { whyNotRun } from './selection.ts';
import { weigh } from './weigh.ts';
import type { Weighed } from './weigh.ts';

const DEFAULT_DEADLINE_MS = 30_000;
/** How many exchanges of a test are kept for its evidence. */
const EVIDENCE = 4;

/** What the runner needs of the opened bench. */
export interface TestBench {
  /** Makes sure that the module answers and the line is idle; recovers it where that helps. */
  ready(signal: AbortSignal): Promise<void>;
  /** The same before a failed test is run again, whatever is known of the module: it is set up anew. */
  isolate(signal: AbortSignal): Promise<void>;
  /** How often the module restarted so far though nobody asked for it. */
  readonly restarts: number;
  /** The fixtures of one attempt of a test. */
  fixtures(attempt: TestAttempt): Fixtures;
}

/** What the fixtures of one attempt need of its test. */
export interface TestAttempt {
  /** Their calls reject once it aborts. */
  readonly signal: AbortSignal;
  /** Hears every exchange. */
  readonly seen: (exchange: Exchange) => void;
  /** 1, or 2 when a failed test is run again. */
  readonly number: number;
  /** For waits that have a limit of their own. */
  readonly offTheClock: OffTheClock;
}

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
  run(file: string, spec: ClauseSpec): Promise<void>;
  /**
   * Ends the running test with `reason`; whatever comes after is not run, for the same reason. Resolves when
   * the running test has had its verdict.
   */
  stop(reason: HilError): Promise<void>;
  /** How many tests failed so far. */
  readonly failures: number;
  /** The rig error that a test ran into: nothing more can be said of the module. */
  readonly dead: HilError | undefined;
}

/** How one attempt ended, whether the test is run again for it, and whether an expectation was disappointed. */
type Attempt = Outcome & { readonly mayBeFlaky?: boolean; readonly disappointed?: boolean };

interface Judged {
  readonly outcome: Outcome;
  /** `ClauseOptions.through`, as far as it counts: a command refused or unanswered is seen by itself. */
  readonly through: readonly string[];
  /** The attempts where there were two. */
  readonly attempts?: readonly AttemptFacts[];
}

/** Runs tests one after the other and says how each ended. A verdict never depends on Jest. */
export function createTestRunner(options: TestRunnerOptions): TestRunner {
  const { bench, selection, clock, emit, maxFailures, clauseFacts, waived, absent } = options;
  const excuses = createExcuses(absent);
  let stopped: HilError | undefined;
  let dead: HilError | undefined;
  let running: TestAbort | undefined;
  let ended: Promise<void> = Promise.resolve();
  let failures = 0;
  let confirmations = 0;

  function whyNot(spec: ClauseSpec): string | undefined {
    if (stopped) return `${stopped.code}: ${stopped.message}`;
    if (maxFailures !== null && failures >= maxFailures) return `--max-failures ${maxFailures} was reached`;
    return whyNotRun(spec, selection) ?? whyAbsent(spec.clauses, absent);
  }

  const weighed = (spec: ClauseSpec, { outcome, through }: Judged): Weighed =>
    weigh(outcome, spec.clauses.map(clauseFacts), { waived, through });

  /** A failure that may be a flake is run again, once; both attempts stand in the trace and in the record. */
  async function judge(name: string, spec: ClauseSpec, from: number): Promise<Judged> {
    const first = await recorded(from, () => attempt(spec, 1));
    const { outcome } = first;
    const through = first.disappointed ? (spec.through ?? []) : [];
    // A known deviation fails nothing, so there is nothing to confirm.
    const fails = weighed(spec, { outcome, through }).verdict === 'fail';
    if (!first.mayBeFlaky || !fails || stopped) return { outcome, through };
    if (confirmations >= MOST_CONFIRMATIONS) return { outcome: unrepeated(outcome, tooMany), through };
    confirmations++;
    const second = await recorded(emit({ type: 'test-again', name }), () => attempt(spec, 2));
    return { outcome: confirmed(outcome, second.outcome), through, attempts: [first.facts, second.facts] };
  }

  /** An attempt with its place in the trace. */
  async function recorded(from: number, act: () => Promise<Attempt>) {
    const startedAt = clock.now();
    const { mayBeFlaky: again = false, disappointed = false, ...whole } = await act();
    const outcome = bounded(whole);
    const facts: AttemptFacts = {
      ...outcome,
      durationMs: msSince(startedAt),
      trace: [from, options.lastLine()],
    };
    return { outcome, facts, mayBeFlaky: again, disappointed };
  }

  async function attempt(spec: ClauseSpec, number: number): Promise<Attempt> {
    const abort = createTestAbort();
    running = abort;
    const exchanges: Exchange[] = [];
    const seen = (exchange: Exchange) => {
      exchanges.push(exchange);
      if (exchanges.length > EVIDENCE) exchanges.shift();
    };
    const clauses = spec.clauses.map(clauseFacts);
    let restarts = bench.restarts;
    try {
      // Bringing a module back can take longer than a test may: it is not this test's time.
      await (number === 1 ? bench.ready(abort.signal) : bench.isolate(abort.signal));
      restarts = bench.restarts;
      const { signal } = abort;
      const body = (offTheClock: OffTheClock): Promise<void> =>
        spec.body(bench.fixtures({ signal, seen, number, offTheClock }));
      await withDeadline(body, { clock, deadlineMs: deadlineOf(spec, options.networkClock), abort });
      return { verdict: 'pass' };
    } catch (error) {
      if (isHilError(error) && error.blame === 'rig') stopped = dead ??= error;
      const outcome = outcomeOf(error, { clauses, exchanges });
      if (outcome.verdict !== 'fail') return outcome;
      const last = exchanges.at(-1)?.command;
      const reason = excuses.excuse({ clauses: spec.clauses, thrown: error, last });
      if (reason !== undefined) return { verdict: 'not-run', reason };
      const { clauses: ids, hindsight = false } = spec;
      const failure = { clauses: ids, thrown: error, restarts: bench.restarts - restarts, hindsight };
      return { ...outcome, mayBeFlaky: mayBeFlaky(failure), disappointed: !isHilError(error) };
    } finally {
      running = undefined;
      abort.abort(new HilError('ABORTED', 'the test has ended'));
    }
  }

  async function runOne(name: string, spec: ClauseSpec): Promise<void> {
    const reason = whyNot(spec);
    const first = emit({ type: 'test-start', name });
    if (reason !== undefined) {
      emit({ type: 'test-end', name, verdict: 'not-run', reason, durationMs: 0, trace: [first, first + 1] });
      return;
    }
    const startedAt = clock.now();
    const judged = await judge(name, spec, first);
    const { attempts } = judged;
    const ending = weighed(spec, judged);
    if (ending.verdict === 'fail') failures++;
    const trace = [first, options.lastLine() + 1] as const;
    const durationMs = msSince(startedAt);
    emit({ type: 'test-end', name, ...ending, durationMs, trace, ...(attempts && { attempts }) });
  }

  const msSince = (startedAt: bigint): number => Math.round(toMs(clock.now() - startedAt) * 10) / 10;

  return {
    run(file, spec) {
      ended = runOne(testName(file, spec.title), spec);
      return ended;
    },
    async stop(reason) {
      stopped ??= reason;
      running?.abort(reason);
      await ended;
    },
    get failures() {
      return failures;
    },
    get dead() {
      return dead;
    },
  };
}

/** How long a test may take, ms. */
const deadlineOf = (
  { deadlineMs = DEFAULT_DEADLINE_MS, networkS = 0 }: ClauseSpec,
  networkClock: number,
): number => deadlineMs + (networkS * 1000) / networkClock;
