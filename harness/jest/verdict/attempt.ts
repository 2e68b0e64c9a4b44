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
import { unseenClauses } from './unseen.ts';

const DEFAULT_DEADLINE_MS = 30_000;
/** How many exchanges of a test are kept for its evidence. */
const EVIDENCE = 4;

/** Brings the module into the state in which a test begins. */
export interface ModuleFitness {
  /**
   * Before a test: the line is idle, and the module is recovered if something is wrong with it.
   * @throws MODULE_DEAD, IDENTITY_MISMATCH, PORT_GONE, PORT_CLOSED, ABORTED
   */
  ready(signal: AbortSignal): Promise<void>;
  /**
   * Before a failed test is run again: the module is set up again in any case, and recovered (reset, power cycle) if that
   * does not help. A module that answers well is not rebooted: reboots are expensive, and a scenario makes its own.
   * Rejects as `ready` does.
   */
  isolate(signal: AbortSignal): Promise<void>;
  /**
   * After a failed attempt: if the module may have fallen silent, it is recovered and the silence judged (INPUT-ALIVE).
   * Rejects as `ready` does.
   * @returns how; undefined if it did not need a boot, or no input is suspected
   */
  examine(signal: AbortSignal): Promise<SilenceFound | undefined>;
  /** How often the module has restarted unexpectedly so far. */
  readonly restarts: number;
}

/** A silence as it was judged. */
export interface SilenceFound {
  readonly verdict: 'fail' | 'flaky';
  readonly text: string;
  /** Whether the command that was not answered is to blame: not one before it, and not chance. */
  readonly guilty: boolean;
}

/** What was done to the module, so that a failed test can be run again from where it began. */
export interface History {
  /** Where it stands. */
  mark(): number;
  /** How the module is brought back to where it stood then; undefined where nothing was done since. */
  backTo(mark: number): WayBack | undefined;
}

/** What brings the module back, or why nothing does. */
export type WayBack = { readonly repeat: Repeat } | { readonly whyNot: string };

/** Does again what was done to the module. Rejects as its calls do, or ends the attempt without a verdict. */
export type Repeat = (fixtures: Pick<Fixtures, 'module' | 'board'>) => Promise<void>;

/** Makes the fixtures of one attempt of a test. */
export type FixtureFactory = (attempt: TestAttempt) => Fixtures;

/** What the fixtures of one attempt need of its test. */
export interface TestAttempt {
  /** When it aborts, every call of the fixtures rejects. */
  readonly signal: AbortSignal;
  /** Called with every exchange. */
  readonly seen: (exchange: Exchange) => void;
  /** 1; 2 when a failed test is run again; 3 when it is run again from the same history. */
  readonly number: number;
  readonly offTheClock: OffTheClock;
}

export interface AttemptParts {
  readonly fitness: Pick<ModuleFitness, 'restarts'>;
  readonly fixtures: FixtureFactory;
  readonly clock: Clock;
  /** Seconds of the module's network time per second. */
  readonly networkClock: number;
  readonly clauseFacts: (id: string) => ClauseFacts;
  readonly excuses: Excuses;
}

interface AttemptOrder {
  readonly spec: ClauseSpec;
  readonly number: number;
  readonly abort: TestAbort;
  /** Prepares the module. It may take longer than a test may, and does not count as the test's time. */
  readonly prepare: (signal: AbortSignal) => Promise<void>;
  /** Called before the body, whose time it does not count as. */
  readonly repeat?: Repeat | undefined;
}

/** How one attempt ended. */
export interface Attempt {
  readonly outcome: Outcome;
  /** Whether the test is to be run again. */
  readonly mayBeFlaky: boolean;
  /** Whether an expectation failed. */
  readonly expectationFailed: boolean;
  /** What its body threw, if it failed; tests that share a failed preparation throw the same. */
  readonly thrown?: unknown;
  /** Clauses of the test that it did not come to judge. */
  readonly unseen: readonly string[];
  /** The rig error that ended it: after that nothing more can be said of the module. */
  readonly rigError?: HilError;
}

const settled = (outcome: Outcome): Attempt => ({
  outcome,
  mayBeFlaky: false,
  expectationFailed: false,
  unseen: [],
});

/** Runs a test once. The caller aborts `abort` after it, so that late calls of the body reject. */
export async function runAttempt(
  { fitness, fixtures, clock, networkClock, clauseFacts, excuses }: AttemptParts,
  { spec, number, abort, prepare, repeat }: AttemptOrder,
): Promise<Attempt> {
  const exchanges: Exchange[] = [];
  const seen = (exchange: Exchange) => {
    exchanges.push(exchange);
    if (exchanges.length > EVIDENCE) exchanges.shift();
  };
  const { signal } = abort;
  let restarts = fitness.restarts;
  try {
    await prepare(signal);
    restarts = fitness.restarts;
    const body = async (offTheClock: OffTheClock): Promise<void> => {
      const made = fixtures({ signal, seen, number, offTheClock });
      if (repeat) await offTheClock(() => repeat(made));
      await spec.body(made);
    };
    await withDeadline(body, { clock, deadlineMs: deadlineOf(spec, networkClock), abort });
    return settled({ verdict: 'pass' });
  } catch (error) {
    const unseen = unseenClauses(error, spec);
    const judged = spec.clauses.filter((id) => !unseen.includes(id));
    const outcome = outcomeOf(error, { clauses: judged.map(clauseFacts), exchanges });
    if (isHilError(error) && error.blame === 'rig') return { ...settled(outcome), rigError: error };
    if (outcome.verdict !== 'fail') return settled(outcome);
    const { clauses, hindsight = false } = spec;
    const reason = excuses.excuse({ clauses, thrown: error, last: exchanges.at(-1)?.command });
    if (reason !== undefined) return settled({ verdict: 'not-run', reason });
    const failure = { clauses, thrown: error, restarts: fitness.restarts - restarts, hindsight };
    return {
      ...{ outcome, mayBeFlaky: mayBeFlaky(failure), expectationFailed: !isHilError(error) },
      ...{ thrown: error, unseen },
    };
  }
}

const deadlineOf = (
  { deadlineMs = DEFAULT_DEADLINE_MS, networkS = 0 }: ClauseSpec,
  networkClock: number,
): number => deadlineMs + (networkS * 1000) / networkClock;
