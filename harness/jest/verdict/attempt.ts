import type { ClauseFacts } from '../../../reports/record/entry.ts';
import type { Exchange } from '../../at/exchange.ts';
import type { Clock } from '../../base/clock.ts';
import { type HilError, isHilError } from '../../base/error.ts';
import type { Fixtures } from '../host/fixtures.ts';
import type { ClauseSpec } from '../host/host.ts';
import type { Excuses } from './absent-commands.ts';
import { type OffTheClock, type TestAbort, withDeadline } from './deadline.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { mayBeFlaky } from './second-attempt.ts';

const DEFAULT_DEADLINE_MS = 30_000;
/** How many exchanges of a test are kept for its evidence. */
const EVIDENCE = 4;

/** What an attempt needs of the opened bench. */
export interface TestBench {
  /** Makes sure that the module answers and the line is idle; recovers it where that helps. */
  ready(signal: AbortSignal): Promise<void>;
  /** The same before failed tests are run again, whatever is known of the module: it is set up anew. */
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

export interface AttemptParts {
  readonly bench: TestBench;
  readonly clock: Clock;
  /** Seconds of the module's network time in a second. */
  readonly networkClock: number;
  readonly clauseFacts: (id: string) => ClauseFacts;
  readonly excuses: Excuses;
}

/** One attempt of one test. */
interface AttemptOrder {
  readonly spec: ClauseSpec;
  readonly number: number;
  readonly abort: TestAbort;
  /** Brings the module into the state it begins with. Takes longer than a test may, perhaps: it is not its time. */
  readonly prepare: (signal: AbortSignal) => Promise<void>;
}

/** How one attempt ended. */
export interface Attempt {
  readonly outcome: Outcome;
  /** Whether the test is run again for it. */
  readonly mayBeFlaky: boolean;
  /** Whether an expectation was disappointed. */
  readonly disappointed: boolean;
  /** The rig's error, where it ran into one: nothing more can be said of the module. */
  readonly rigError?: HilError;
}

const settled = (outcome: Outcome): Attempt => ({ outcome, mayBeFlaky: false, disappointed: false });

/** Runs a test once. Its module is its own until `abort`, which is the attempt's to end. */
export async function runAttempt(
  { bench, clock, networkClock, clauseFacts, excuses }: AttemptParts,
  { spec, number, abort, prepare }: AttemptOrder,
): Promise<Attempt> {
  const exchanges: Exchange[] = [];
  const seen = (exchange: Exchange) => {
    exchanges.push(exchange);
    if (exchanges.length > EVIDENCE) exchanges.shift();
  };
  const { signal } = abort;
  let restarts = bench.restarts;
  try {
    await prepare(signal);
    restarts = bench.restarts;
    const body = (offTheClock: OffTheClock): Promise<void> =>
      spec.body(bench.fixtures({ signal, seen, number, offTheClock }));
    await withDeadline(body, { clock, deadlineMs: deadlineOf(spec, networkClock), abort });
    return settled({ verdict: 'pass' });
  } catch (error) {
    const outcome = outcomeOf(error, { clauses: spec.clauses.map(clauseFacts), exchanges });
    if (isHilError(error) && error.blame === 'rig') return { ...settled(outcome), rigError: error };
    if (outcome.verdict !== 'fail') return settled(outcome);
    const { clauses, hindsight = false } = spec;
    const reason = excuses.excuse({ clauses, thrown: error, last: exchanges.at(-1)?.command });
    if (reason !== undefined) return settled({ verdict: 'not-run', reason });
    const failure = { clauses, thrown: error, restarts: bench.restarts - restarts, hindsight };
    return { outcome, mayBeFlaky: mayBeFlaky(failure), disappointed: !isHilError(error) };
  }
}

/** How long a test may take, ms. */
const deadlineOf = (
  { deadlineMs = DEFAULT_DEADLINE_MS, networkS = 0 }: ClauseSpec,
  networkClock: number,
): number => deadlineMs + (networkS * 1000) / networkClock;
