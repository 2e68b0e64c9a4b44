import type { ExchangeFacts, RunFacts } from './entry.ts';
import type { RecordedTiming } from './record.ts';

export type TimingStatement = RecordedTiming;

/** What a run must show about answer times: only that none seen was too slow, or that a percentile is in time. */
export type Asked = RecordedTiming['asked'];

/**
 * How many answers, all in time, are needed to say with 95 % confidence that a percentile is in time: the least n with
 * p^n ≤ 0.05. This holds for any distribution (binomial bound).
 */
const samplesFor = { 'p99.9': 2_995, p99: 299, p95: 59 } as const;
const percentiles = ['p99.9', 'p99', 'p95'] as const;

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

interface Tally extends Pick<RecordedTiming, 'within' | 'over' | 'inconclusive'> {
  /** The most that was allowed for a delaying adapter, ms. */
  readonly allowedMs: number;
}

const nothing: Tally = { within: 0, over: 0, inconclusive: 0, allowedMs: 0 };

const counted = (tally: Tally, inTime: NonNullable<ExchangeFacts['inTime']>, adapterMs: number): Tally => ({
  ...tally,
  [inTime]: tally[inTime] + 1,
  allowedMs: Math.max(tally.allowedMs, adapterMs),
});

const supportOf = (n: number): RecordedTiming['supports'] =>
  percentiles.find((percentile) => n >= samplesFor[percentile]) ?? null;

const missingOf = (n: number, asked: Asked): number =>
  asked === 'maximum' ? 0 : Math.max(0, samplesFor[asked] - n);

/** One answer that is certainly too slow fails, whatever n; n only decides whether a pass may be stated. */
function verdictOf(
  { over, inconclusive }: Omit<Tally, 'allowedMs'>,
  missing: number,
): RecordedTiming['verdict'] {
  if (over > 0) return 'fail';
  return inconclusive > 0 || missing > 0 ? 'inconclusive' : 'pass';
}

function statement(
  command: string,
  kind: RecordedTiming['kind'],
  { allowedMs, ...tally }: Tally,
  asked: Asked,
): RecordedTiming {
  const n = tally.within + tally.over + tally.inconclusive;
  const missing = kind === 'other' ? 0 : missingOf(n, asked);
  const allInTime = kind !== 'other' && tally.over === 0 && tally.inconclusive === 0;
  return {
    command,
    kind,
    n,
    ...tally,
    asked,
    missing,
    verdict: kind === 'other' ? null : verdictOf(tally, missing),
    supports: allInTime ? supportOf(n) : null,
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
      const { command, inTime, clause, adapterMs = 0 } = exchange;
      if (!inTime) return;
      if (clause !== undefined) limits.set(command, { clause });
      const kind = sampleOf(exchange);
      const ofCommand = tallies.get(command) ?? new Map<RecordedTiming['kind'], Tally>();
      const tally = ofCommand.get(kind) ?? nothing;
      tallies.set(command, ofCommand.set(kind, counted(tally, inTime, adapterMs)));
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
