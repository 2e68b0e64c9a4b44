import { HilError } from '../../base/error.ts';
import type { Rebooted, RebootKind } from '../../bc26/reboot.ts';
import {
  type Body,
  type ClauseOptions,
  type ClauseSpec,
  currentHost,
  type Fixtures,
  type SuiteHost,
} from './host.ts';

function host(): SuiteHost {
  const found = currentHost();
  if (found) return found;
  throw new HilError('USAGE', 'suites judge a module on a board and are started by `qualify`', {
    remedy: 'run: npm run qualify -- --clause PATTERN',
  });
}

/**
 * A test that judges one or more clauses of the catalogue. It owns its deadline: when that passes, every
 * pending and later call of its `module` rejects, and the line is drained before the next test.
 * @param ids clause ids; every one gets the test's verdict, and so does each that it judges them `through`
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
  /** For `supply-cut`: how long after the last answer the supply goes, ms; the rig's T unless told. */
  readonly cutAfterMs?: number;
  /** A command given right before the reboot, once all that `arrange` saved is durable (`TestRebootOptions`). */
  readonly last?: string;
}

/** What a scenario hands to each of its clauses. */
export interface Arranged<T> {
  readonly arranged: T;
  readonly boot: Rebooted;
}

/** Clauses that judge what was prepared once for all of them. */
export interface Prepared<Given> {
  clause(
    ids: string | readonly string[],
    title: string,
    judge: (fixtures: Fixtures & Given) => Promise<void>,
    options?: ClauseOptions,
  ): void;
}

export type Scenario<T> = Prepared<Arranged<T>>;

/** A scenario's reboot takes seconds on metal; the first clause that is run pays for it. */
const SCENARIO_DEADLINE_MS = 90_000;

/**
 * Arrange much, reboot once, judge much: reboots are what a run costs. The first clause that runs arranges
 * and reboots; if that fails, it and the others fail with the same reason. Nothing happens when no clause
 * of the scenario is selected.
 * @param arrange runs before the reboot; what it returns reaches every judge as `arranged`
 */
export function scenario<T>(
  { reboot, cutAfterMs, last, ...options }: ScenarioOptions,
  arrange: (fixtures: Fixtures) => Promise<T>,
): Scenario<T> {
  return prepared(
    { ...options, needs: [...needsOf(reboot), ...(options.needs ?? [])] },
    async (fixtures: Fixtures): Promise<Arranged<T>> => {
      const arranged = await arrange(fixtures);
      return { arranged, boot: await fixtures.board.reboot(reboot, { cutAfterMs, last }) };
    },
  );
}

/** A scenario without a reboot: arranged by the first clause that runs, judged by all. */
export function arrangement<T>(
  options: ClauseOptions,
  arrange: (fixtures: Fixtures) => Promise<T>,
): Prepared<Pick<Arranged<T>, 'arranged'>> {
  return prepared(options, async (fixtures) => ({ arranged: await arrange(fixtures) }));
}

function prepared<Given>(
  options: ClauseOptions,
  prepare: (fixtures: Fixtures) => Promise<Given>,
): Prepared<Given> {
  const given = sharedPreparation(prepare);
  const shares = { clauses: 0 };
  return {
    clause(ids, title, judge, own = {}) {
      const body: Body = async (fixtures) => {
        await judge({ ...fixtures, ...(await given(fixtures)) });
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
 * Prepares for several clauses: once for the first attempts of all, and once more for the second attempts of those that
 * failed. Whoever comes first pays for it; a preparation that failed is shared, too. The runner has no clause run again
 * before all were run once (`repeats.ts`), so the module stands as the newer preparation left it.
 */
function sharedPreparation<Given>(
  prepare: (fixtures: Fixtures) => Promise<Given>,
): (fixtures: Fixtures) => Promise<Given> {
  const made = new Map<number, Promise<Given>>();
  return (fixtures) => {
    const { attempt } = fixtures;
    const given = made.get(attempt) ?? told(prepare, fixtures);
    made.set(attempt, given);
    return given;
  };
}

/**
 * Prepares. What was cut short rejects with what cut it: that the preparation took longer than a clause may holds for
 * all that share it, that the calls of the first one's module were aborted holds for that one alone.
 */
async function told<Given>(
  prepare: (fixtures: Fixtures) => Promise<Given>,
  fixtures: Fixtures,
): Promise<Given> {
  try {
    return await prepare(fixtures);
  } catch (error) {
    // The reason is always a HilError (`deadline.ts`).
    throw fixtures.signal.aborted ? (fixtures.signal.reason as HilError) : error;
  }
}

function needsOf(kind: RebootKind): ClauseOptions['needs'] & {} {
  if (kind === 'reset-pin') return ['reset'];
  if (kind === 'supply-cut') return ['supplyCut'];
  return [];
}
