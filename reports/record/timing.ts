import type { ExchangeFacts, RunFacts } from './entry.ts';
import type { RecordedTiming } from './record.ts';

export type TimingStatement = RecordedTiming;

/** What is to be said of answer times: nothing beyond the slowest seen, or a percentile. */
export type Asked = RecordedTiming['asked'];

/**
 * How many answers, all in time, it takes to say with 95 % confidence that a percentile is in time: the least n
 * with p^n ≤ 0.05, whatever the distribution (a binomial bound; no shape is assumed).
 */
const samplesFor = { 'p99.9': 2_995, p99: 299, p95: 59 } as const;
const percentiles = ['p99.9', 'p99', 'p95'] as const;

/**
 * What a run is asked to say. With `--clause` the answers are those of a selection: no percentile is asked of
 * them, so that a single clause can be tried without the run staying undecided.
 */
export function askedOf({ profile, clausePattern }: Pick<RunFacts, 'profile' | 'clausePattern'>): Asked {
  if (clausePattern !== null) return 'maximum';
  if (profile === 'release') return 'p99';
  return profile === 'nightly' ? 'p95' : 'maximum';
}

/**
 * What an exchange is a sample of. A read or a write that was refused read or wrote nothing, and is quick for
 * that: it counts as `other`, lest refusals make up for the samples that are missing. One that was not answered
 * (no final result) is a sample of what it asked for, and too slow.
 */
const sampleOf = ({ kind, final }: ExchangeFacts): RecordedTiming['kind'] =>
  final === 'OK' || final === '' ? kind : 'other';

interface Tally extends Pick<RecordedTiming, 'within' | 'over' | 'inconclusive'> {
  /** The most that was allowed for an adapter, ms. */
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

/** One answer too slow beyond doubt fails at any n; n only decides whether a pass may be stated. */
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
    ...{ command, kind, n, ...tally, asked, missing },
    verdict: kind === 'other' ? null : verdictOf(tally, missing),
    supports: allInTime ? supportOf(n) : null,
    ...(allowedMs > 0 && { adapterMs: allowedMs }),
  };
}

/** The same where some clauses alone are asked for: of a time that none of them limits there is no verdict. */
export const selected = (
  statements: readonly RecordedTiming[],
  unselected: ReadonlySet<string>,
): RecordedTiming[] =>
  statements.map((statement) =>
    statement.clause !== undefined && unselected.has(statement.clause)
      ? { ...statement, verdict: null, unselected: true }
      : statement,
  );

/** Keeps how the answers stood against their limit, per command and kind. */
export interface TimingBook {
  add(exchange: ExchangeFacts): void;
  /** By command, reads first; a kind of which there is no answer, and none is missing, is left out. */
  statements(asked: Asked): RecordedTiming[];
}

export function createTimingBook(): TimingBook {
  const tallies = new Map<string, Map<RecordedTiming['kind'], Tally>>();
  /** The clauses that limit the commands' times, as far as they were told. */
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
