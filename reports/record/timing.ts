import type { ExchangeFacts, RunFacts } from './entry.ts';
import type { RecordedTiming } from './record.ts';

export type TimingStatement = RecordedTiming;

/** What a run must show about answer times: only that none seen was too slow, or that a percentile is in time. */
export type Asked = RecordedTiming['asked'];

const shares = { 'p99.9': 0.999, p99: 0.99, p95: 0.95 } as const;
const percentiles = ['p99.9', 'p99', 'p95'] as const;
type Percentile = (typeof percentiles)[number];

/** More undecided answers than this support no statement. */
const MOST_UNDECIDED = 50;

/** How likely it is that no more than `k` of `n` answers exceed a limit that each exceeds with probability `q`. */
function atMost(k: number, n: number, q: number): number {
  let term = (1 - q) ** n;
  let sum = term;
  for (let i = 1; i <= k; i++) {
    term *= ((n - i + 1) / i) * (q / (1 - q));
    sum += term;
  }
  return sum;
}

/**
 * How many answers are needed to say with 95 % confidence that a percentile is in time, where `undecided` of them may
 * have exceeded the limit: the least n with which so few would be seen with a probability of 5 % at most, were the share
 * of answers in time smaller. This holds for any distribution (binomial bound): 59, 299 and 2,995 if none is undecided.
 * Infinity where too many are undecided.
 */
function samplesFor(percentile: Percentile, undecided: number): number {
  if (undecided > MOST_UNDECIDED) return Infinity;
  const q = 1 - shares[percentile];
  let high = 1;
  while (atMost(undecided, high, q) > 0.05) high *= 2;
  let low = Math.floor(high / 2);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (atMost(undecided, middle, q) > 0.05) low = middle;
    else high = middle;
  }
  return high;
}

/**
 * What a run must show. With `--clause` no percentile, so that a run of a single clause, which has few answers, does not
 * end undecided.
 */
export function askedOf({ profile, clausePattern }: Pick<RunFacts, 'profile' | 'clausePattern'>): Asked {
  if (clausePattern !== null) return 'maximum';
  if (profile === 'release') return 'p99';
  return profile === 'nightly' ? 'p95' : 'maximum';
}

/**
 * The kind that an exchange is a sample of. A refused read or write is `other`: it did nothing and is therefore quick,
 * so it must not count as a sample of reading or writing. An unanswered one (no final result) keeps its kind, and is
 * too slow.
 */
const sampleOf = ({ kind, final }: ExchangeFacts): RecordedTiming['kind'] =>
  final === 'OK' || final === '' ? kind : 'other';

/** So many undecided answers are named. */
const MOST_NAMED = 5;

interface Tally extends Pick<RecordedTiming, 'within' | 'over' | 'inconclusive'> {
  readonly undecided: readonly string[];
  /** The most that was allowed for a delaying adapter, ms. */
  readonly allowedMs: number;
}

const nothing: Tally = { within: 0, over: 0, inconclusive: 0, undecided: [], allowedMs: 0 };

const counted = (
  tally: Tally,
  { form, lo, hi, adapterMs = 0 }: ExchangeFacts,
  inTime: NonNullable<ExchangeFacts['inTime']>,
): Tally => ({
  ...tally,
  [inTime]: tally[inTime] + 1,
  undecided:
    inTime === 'inconclusive' && tally.undecided.length < MOST_NAMED
      ? [...tally.undecided, `${form}: ${lo.toFixed(1)} to ${hi.toFixed(1)} ms`]
      : tally.undecided,
  allowedMs: Math.max(tally.allowedMs, adapterMs),
});

const supportOf = (n: number, undecided: number): RecordedTiming['supports'] =>
  percentiles.find((percentile) => n >= samplesFor(percentile, undecided)) ?? null;

/** Stands for more answers than any run has. */
const MOST_MISSING = 99_999;

/** How many answers are missing for what is asked. */
const missingOf = (n: number, asked: Asked, undecided: number): number => {
  if (asked === 'maximum') return 0;
  const needed = samplesFor(asked, undecided);
  return needed === Infinity ? MOST_MISSING : Math.max(0, needed - n);
};

/**
 * One answer that is certainly too slow fails, whatever n; n decides whether a pass may be stated. An undecided answer
 * counts as one that may have been too slow: a percentile may be in time with it, the maximum is not known.
 */
function verdictOf(
  { over, inconclusive }: Pick<Tally, 'over' | 'inconclusive'>,
  missing: number,
  asked: Asked,
): RecordedTiming['verdict'] {
  if (over > 0) return 'fail';
  return missing > 0 || (asked === 'maximum' && inconclusive > 0) ? 'inconclusive' : 'pass';
}

function statement(
  command: string,
  kind: RecordedTiming['kind'],
  { allowedMs, undecided, ...tally }: Tally,
  asked: Asked,
): RecordedTiming {
  const n = tally.within + tally.over + tally.inconclusive;
  // Of refused commands no percentile is judged, unless that decides what an undecided one may mean.
  const missing = kind === 'other' && undecided.length === 0 ? 0 : missingOf(n, asked, tally.inconclusive);
  const noneTooSlow = kind !== 'other' && tally.over === 0;
  return {
    command,
    kind,
    n,
    ...tally,
    asked,
    missing,
    verdict: kind === 'other' ? null : verdictOf(tally, missing, asked),
    supports: noneTooSlow ? supportOf(n, tally.inconclusive) : null,
    ...(undecided.length > 0 && { undecided: [...undecided] }),
    ...(allowedMs > 0 && { adapterMs: allowedMs }),
  };
}

/** Removes the verdict from statements whose clause was not selected by `--clause`. */
export const withoutUnselected = (
  statements: readonly RecordedTiming[],
  unselected: ReadonlySet<string>,
): RecordedTiming[] =>
  statements.map((statement) =>
    statement.clause !== undefined && unselected.has(statement.clause)
      ? { ...statement, verdict: null, unselected: true }
      : statement,
  );

/** Counts the answers within and over their limit, per command and kind. */
export interface TimingBook {
  add(exchange: ExchangeFacts): void;
  /** By command, reads first; a kind without answers is left out unless some are missing. */
  statements(asked: Asked): RecordedTiming[];
}

export function createTimingBook(): TimingBook {
  const tallies = new Map<string, Map<RecordedTiming['kind'], Tally>>();
  /** The clauses that limit the commands' times, as far as the exchanges name them. */
  const limits = new Map<string, Pick<RecordedTiming, 'clause'>>();
  return {
    add(exchange) {
      const { command, inTime, clause } = exchange;
      if (!inTime) return;
      if (clause !== undefined) limits.set(command, { clause });
      const kind = sampleOf(exchange);
      const ofCommand = tallies.get(command) ?? new Map<RecordedTiming['kind'], Tally>();
      const tally = ofCommand.get(kind) ?? nothing;
      tallies.set(command, ofCommand.set(kind, counted(tally, exchange, inTime)));
    },
    statements: (asked) =>
      [...tallies].flatMap(([command, ofCommand]) =>
        (['read', 'write', 'other'] as const)
          .map((kind) => ({
            ...statement(command, kind, ofCommand.get(kind) ?? nothing, asked),
            ...limits.get(command),
          }))
          .filter(({ n, missing }) => n > 0 || missing > 0),
      ),
  };
}
