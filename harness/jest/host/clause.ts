import { HilError } from '../../base/error.ts';
import type { Rebooted, RebootKind } from '../../bc26/reboot.ts';
import { whyNoReboot } from '../../bc26/reboot-kinds.ts';
import type { Fixtures } from './fixtures.ts';
import { type Body, type ClauseOptions, type ClauseSpec, currentHost, type SuiteHost } from './host.ts';

function host(): SuiteHost {
  const found = currentHost();
  if (found) return found;
  throw new HilError('USAGE', 'suites need a board and are started by `qualify`', {
    remedy: 'run: npm run qualify -- --clause PATTERN',
  });
}

/**
 * A test that judges one or more clauses of the catalogue. It owns its deadline: when the deadline passes, every
 * pending and later call of its `module` rejects, and the line is drained before the next test.
 * @param ids clause ids; each gets the test's verdict, and so do the clauses of `options.through`
 */
export function clause(
  ids: string | readonly string[],
  title: string,
  body: Body,
  options: ClauseOptions = {},
): void {
  register(ids, title, body, options);
}

function register(
  ids: string | readonly string[],
  title: string,
  body: Body,
  options: ClauseOptions & Pick<ClauseSpec, 'shares'>,
): void {
  const named = typeof ids === 'string' ? [ids] : ids;
  const clauses = [...new Set([...named, ...(options.through ?? [])])];
  host().clause({ ...options, clauses, title, body });
}

interface ScenarioOptions extends ClauseOptions {
  readonly reboot: RebootKind;
  /**
   * A board that cannot reboot in this way makes a soft reset in its place, and the clauses are judged all the same. One
   * that is about the kind of reboot looks at `boot.kind`.
   */
  readonly orSoft?: boolean;
  /** For `supply-cut`: how long after the last answer the supply is cut, ms. Default: the rig's T. */
  readonly cutAfterMs?: number;
  /** The last command before the reboot, sent once everything that `arrange` saved is durable (`TestRebootOptions`). */
  readonly last?: string;
}

export interface Arranged<T> {
  readonly arranged: T;
  readonly boot: Rebooted;
}

/** Registers clauses that judge something prepared once for all of them. */
export interface Prepared<Extra> {
  clause(
    ids: string | readonly string[],
    title: string,
    judge: (fixtures: Fixtures & Extra) => Promise<void>,
    options?: ClauseOptions,
  ): void;
}

export type Scenario<T> = Prepared<Arranged<T>>;

/** A scenario's reboot takes seconds on real hardware, within the first clause that is run. */
const SCENARIO_DEADLINE_MS = 90_000;

/**
 * Several clauses that share one reboot, since reboots are the most expensive part of a run. The first clause that runs
 * arranges and reboots; if that fails, all of them fail with the same reason. Nothing happens when no clause of the
 * scenario is selected.
 * @param arrange runs before the reboot; every clause gets its result as `arranged`
 */
export function scenario<T>(
  { reboot, orSoft = false, cutAfterMs, last, ...options }: ScenarioOptions,
  arrange: (fixtures: Fixtures) => Promise<T>,
): Scenario<T> {
  return prepared(
    { ...options, needs: [...(orSoft ? [] : needsOf(reboot)), ...(options.needs ?? [])] },
    async (fixtures: Fixtures): Promise<Arranged<T>> => {
      const arranged = await arrange(fixtures);
      const { board } = fixtures;
      const kind = orSoft && whyNoReboot(reboot, board.capabilities) !== undefined ? 'soft' : reboot;
      return { arranged, boot: await board.reboot(kind, { cutAfterMs, last }) };
    },
  );
}

/** A scenario without a reboot: the first clause that runs arranges, all of them judge. */
export function arrangement<T>(
  options: ClauseOptions,
  arrange: (fixtures: Fixtures) => Promise<T>,
): Prepared<Pick<Arranged<T>, 'arranged'>> {
  return prepared(options, async (fixtures) => ({ arranged: await arrange(fixtures) }));
}

function prepared<Extra>(
  options: ClauseOptions,
  prepare: (fixtures: Fixtures) => Promise<Extra>,
): Prepared<Extra> {
  const prepareOnce = sharedPreparation(prepare);
  const shares = { clauses: 0 };
  return {
    clause(ids, title, judge, own = {}) {
      const body: Body = async (fixtures) => {
        await judge({ ...fixtures, ...(await prepareOnce(fixtures)) });
      };
      shares.clauses++;
      register(ids, title, body, {
        profile: own.profile ?? options.profile,
        needs: [...new Set([...(options.needs ?? []), ...(own.needs ?? [])])],
        deadlineMs: own.deadlineMs ?? options.deadlineMs ?? SCENARIO_DEADLINE_MS,
        networkS: own.networkS ?? options.networkS,
        through: own.through ?? options.through ?? [],
        shares,
      });
    },
  };
}

/**
 * Prepares once for the first attempts of all clauses, and once more for the second attempts of those that failed. The
 * first clause of a round prepares; a failed preparation is shared, too. No clause is run again before all were run once
 * (`verdict/repeats.ts`), so the module is always as the newest preparation left it.
 */
function sharedPreparation<Extra>(
  prepare: (fixtures: Fixtures) => Promise<Extra>,
): (fixtures: Fixtures) => Promise<Extra> {
  const byAttempt = new Map<number, Promise<Extra>>();
  return (fixtures) => {
    const { attempt } = fixtures;
    const preparation = byAttempt.get(attempt) ?? prepareOrAbort(prepare, fixtures);
    byAttempt.set(attempt, preparation);
    return preparation;
  };
}

/**
 * Prepares. A preparation that was cut short rejects with the reason of the abort (such as CLAUSE_DEADLINE), which is
 * true for every clause that shares it. The ABORTED of a single call would be true for the first clause only.
 */
async function prepareOrAbort<Extra>(
  prepare: (fixtures: Fixtures) => Promise<Extra>,
  fixtures: Fixtures,
): Promise<Extra> {
  try {
    return await prepare(fixtures);
  } catch (error) {
    // The reason is always a HilError (`verdict/deadline.ts`).
    throw fixtures.signal.aborted ? (fixtures.signal.reason as HilError) : error;
  }
}

function needsOf(kind: RebootKind): ClauseOptions['needs'] & {} {
  if (kind === 'reset-pin') return ['reset'];
  if (kind === 'supply-cut') return ['supplyCut'];
  return [];
}
