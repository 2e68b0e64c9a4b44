import { z } from 'zod';

const verdict = z.enum(['pass', 'fail', 'rig-error', 'inconclusive', 'flaky', 'observed', 'not-run']);

const clause = z.object({
  id: z.string(),
  status: z.enum(['S', 'E', 'I', 'U']),
  text: z.string(),
  section: z.string(),
  verdict,
  /** Names of the tests that judge it; none: nobody does. */
  tests: z.array(z.string()),
  /** Why nobody does, where that is known. */
  uncovered: z.string().optional(),
  /** Not among those that `--clause` names: it counts as not-run, whatever its tests did. */
  unselected: z.boolean().optional(),
});

/** One attempt of a test that was run again. */
const attempt = z.object({
  verdict,
  reason: z.string().optional(),
  durationMs: z.number(),
  trace: z.tuple([z.number(), z.number()]),
});

const test = z.object({
  /** `<file> › <title>`, unique in a run. */
  name: z.string(),
  file: z.string(),
  title: z.string(),
  clauses: z.array(z.string()),
  verdict,
  durationMs: z.number(),
  /** First and last line of the trace that belong to it; null when it never started. */
  trace: z.tuple([z.number(), z.number()]).nullable(),
  /** Why it did not pass, with the exchange that disappointed. */
  reason: z.string().optional(),
  /** Of its clauses the known deviations that it disappointed: for those it counts as observed. */
  deviates: z.array(z.string()).optional(),
  /** Both attempts of a test that failed at first and was run again. */
  attempts: z.array(attempt).optional(),
});

/** A known deviation of the firmware, and the tests that met it. */
const deviation = z.object({
  clause: z.string(),
  reason: z.string(),
  reference: z.string(),
  expires: z.string(),
  seenBy: z.array(z.string()),
});

/** Durations of the exchanges of one form, ms; percentiles by nearest rank, so each was really measured. */
const latency = z.object({
  n: z.number(),
  p50: z.number(),
  p95: z.number(),
  p99: z.number(),
  max: z.number(),
});

/** How the answers of one command and kind stood against its maximum response time. */
const timing = z.object({
  command: z.string(),
  /** The clause that gives the verdict; absent where none is known. */
  clause: z.string().optional(),
  /** That clause is not among those that `--clause` names: nothing is judged. */
  unselected: z.boolean().optional(),
  kind: z.enum(['read', 'write', 'other']),
  n: z.number(),
  within: z.number(),
  over: z.number(),
  inconclusive: z.number(),
  /** What the profile asks to be said; `maximum`: only that none of the n was too slow. */
  asked: z.enum(['maximum', 'p95', 'p99']),
  /** What was allowed for an adapter that keeps the end of an answer back, at most, ms; absent where none does. */
  adapterMs: z.number().optional(),
  /** How many answers are missing for that. */
  missing: z.number(),
  /** Null for `other`, of which nothing is asked, and where nothing is judged. */
  verdict: verdict.nullable(),
  /** The percentile that n answers, all in time, support with 95 % confidence; null: too few for any. */
  supports: z.enum(['p95', 'p99', 'p99.9']).nullable(),
});

const ownShare = z.discriminatedUnion('measurable', [
  z.object({ measurable: z.literal(false), reason: z.string() }),
  z.object({
    measurable: z.literal(true),
    exchanges: z.number(),
    medianMs: z.number(),
    bareMedianMs: z.number(),
    ratio: z.number(),
  }),
]);

const problem = z.object({
  kind: z.enum(['rig-error', 'usage-error', 'interrupted']),
  /** An error code, or the signal. */
  code: z.string(),
  message: z.string(),
  remedy: z.string().optional(),
  /** False: after it the board may not be at rest, however the run ended. */
  atRest: z.literal(false).optional(),
});

/** `run.json`: everything that is known of a run. Times are ms unless a name says otherwise. */
export const runRecord = z.object({
  schemaVersion: z.literal(1),
  /**
   * `running`: the run has not said that it ended; `complete`: every planned test has its end; `interrupted`:
   * somebody asked it to stop; `failed`: the rig, its use or the suites did not let it come to its end.
   */
  state: z.enum(['running', 'complete', 'interrupted', 'failed']),
  rig: z.string(),
  rigFile: z.string(),
  driver: z.string(),
  emulated: z.boolean(),
  /** Null until it has been read from the module. */
  module: z.object({ imei: z.string(), revision: z.string() }).nullable(),
  profile: z.string(),
  /** What `--clause` chose; null: every clause. */
  clausePattern: z.string().nullable(),
  /** What the run might spend; what it did spend stands in `counters`. */
  budget: z.object({ nvramWrites: z.number(), reboots: z.number().nullable() }),
  /** Whether a test was not run because the NVRAM writes were spent. */
  budgetSpent: z.boolean(),
  seed: z.number(),
  /** Network time of the module per second; above 1 only on emulated modules. */
  clock: z.number(),
  commit: z.string().nullable(),
  node: z.string(),
  /** ISO 8601, UTC. */
  startedAt: z.string(),
  /** Null while running. */
  durationMs: z.number().nullable(),
  /** Null while running; what it means stands in the README. */
  exitCode: z.number().nullable(),
  clauses: z.array(clause),
  tests: z.array(test),
  deviations: z.array(deviation),
  /** By the form of the command. */
  latency: z.record(z.string(), latency),
  timing: z.array(timing),
  /** Null when it was not measured. */
  ownShare: ownShare.nullable(),
  observations: z.record(z.string(), z.string()),
  counters: z.object({
    exchanges: z.number(),
    reboots: z.number(),
    nvramWrites: z.number(),
    bytesIn: z.number(),
    bytesOut: z.number(),
  }),
  /**
   * The module's NVRAM: accepted writes before this run, on this machine; against an endurance the rig file
   * assumes, since no document gives one. Null for emulated modules.
   */
  wear: z.object({ writesBefore: z.number(), endurance: z.number(), warnAt: z.number() }).nullable(),
  problems: z.array(problem),
  /** What the run had to say besides, in order. */
  messages: z.array(z.string()),
});

export type RunRecord = z.infer<typeof runRecord>;
export type RecordedClause = z.infer<typeof clause>;
export type RecordedTest = z.infer<typeof test>;
export type RecordedTiming = z.infer<typeof timing>;
export type Latency = z.infer<typeof latency>;
export type Problem = z.infer<typeof problem>;
