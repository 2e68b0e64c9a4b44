import { z } from 'zod';

const verdict = z.enum(['pass', 'fail', 'rig-error', 'inconclusive', 'flaky', 'observed', 'not-run']);

const clause = z.object({
  id: z.string(),
  status: z.enum(['S', 'E', 'I', 'U']),
  text: z.string(),
  section: z.string(),
  verdict,
  /** Names of the tests that judge it; may be empty. */
  tests: z.array(z.string()),
  /** Why no test judges it, if known. */
  uncovered: z.string().optional(),
  /** Not selected by `--clause`: it counts as not-run, even if its tests were run. */
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
  /** First and last line of the trace that belong to it; null if it never started. */
  trace: z.tuple([z.number(), z.number()]).nullable(),
  /** Where its `clause()` stands, relative to the repository. */
  source: z.object({ file: z.string(), line: z.number() }).optional(),
  /** The profile or `--clause` leaves it out. */
  leftOut: z.literal(true).optional(),
  /** Why it did not pass, with the exchanges that show it. */
  reason: z.string().optional(),
  /** Its clauses that are known deviations and that it found broken: for those it counts as observed. */
  deviates: z.array(z.string()).optional(),
  /** Its clauses that it did not come to judge: a command was refused before anything showed them. */
  unseen: z.array(z.string()).optional(),
  /** A failure that came twice, or that one occurrence proves. */
  confirmed: z.literal(true).optional(),
  /** The attempts of a test that failed and was run again; a third is from the history of the first. */
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

/** Durations of the exchanges of one form, ms; percentiles by nearest rank, so each is a measured value. */
const latency = z.object({
  n: z.number(),
  p50: z.number(),
  p95: z.number(),
  p99: z.number(),
  max: z.number(),
});

/** How the answers of one command and kind compare with its maximum response time. */
const timing = z.object({
  command: z.string(),
  /** The clause that gives the verdict; absent if none is known. */
  clause: z.string().optional(),
  /** That clause is not selected by `--clause`: nothing is judged. */
  unselected: z.boolean().optional(),
  kind: z.enum(['read', 'write', 'other']),
  n: z.number(),
  within: z.number(),
  over: z.number(),
  inconclusive: z.number(),
  /** What the profile wants to be shown: a percentile is in time; `maximum`: none of the n was too slow. */
  asked: z.enum(['maximum', 'p95', 'p99']),
  /** The first answers that are too close to the limit to be judged: form and interval; absent without any. */
  undecided: z.array(z.string()).optional(),
  /** The most that was allowed for an adapter that delays the end of an answer, ms; absent without one. */
  adapterMs: z.number().optional(),
  /** How many answers `asked` still needs. */
  missing: z.number(),
  /** Null for `other`, and if nothing is judged. */
  verdict: verdict.nullable(),
  /**
   * The percentile that n answers show to be in time with 95 % confidence, undecided ones counted as too slow; null: too
   * few for any.
   */
  supports: z.enum(['p95', 'p99', 'p99.9']).nullable(),
});

/** How the module came up; durations from the moment just before the boot was started. */
const boot = z.object({
  /** `start`, `running` (it was not booted), or the kind of the reboot. */
  kind: z.string(),
  /** To the first `OK` to `AT`. */
  answeredMs: z.number(),
  /** To its IMEI and its revision. */
  namedMs: z.number(),
  /** It goes on echoing after `ATE0`. */
  echoes: z.boolean(),
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

/** Whether a part of the board was seen to boot the module in this run. */
const seen = z.enum(['works', 'absent', 'unseen']);

/** The module fell silent after an input until it was booted, or for ever (clause INPUT-ALIVE). */
const silence = z.object({
  verdict: z.enum(['fail', 'flaky']),
  input: z.string(),
  text: z.string(),
});

/** What explains some of the failed tests (reports/README.md, "Causes"). */
const cause = z.object({
  kind: z.enum(['refuses', 'accepts', 'goes wrong with', 'shows wrongly', 'breaks']),
  /** A class of input, a command's form, what was looked at, or a clause's id. */
  subject: z.string(),
  /** The cause in one sentence, with what it explains and how to see it. */
  text: z.string(),
  /** The clauses it breaks, the most telling first; at most three. */
  clauses: z.array(z.string()),
  /** Names of the failed tests that it explains; each failed test is explained by one cause. */
  tests: z.array(z.string()),
  /** How many tests used the same without harm. */
  against: z.number(),
  /** The failed test that showed it first, and its first line of the trace. */
  first: z.object({ test: z.string(), line: z.number() }),
  /** Commands that show it. */
  commands: z.array(z.string()),
});

/** Supply cuts around the end of a save (`CutSweep` of entry.ts); ms after its last byte. */
const cutSweep = z.object({
  record: z.string(),
  durableMs: z.number(),
  cuts: z.array(
    z.object({ ms: z.number(), okMs: z.number().nullable(), found: z.enum(['old', 'new', 'spoiled']) }),
  ),
});

const problem = z.object({
  /** `module-error`: the module failed for good, so that it could not be judged any further. */
  kind: z.enum(['rig-error', 'module-error', 'usage-error', 'interrupted']),
  /** An error code, or the signal. */
  code: z.string(),
  message: z.string(),
  remedy: z.string().optional(),
  /** False: after it the board may not be at rest, however the run ended. */
  atRest: z.literal(false).optional(),
});

/** `run.json`: everything known of a run. Times are in ms unless a name says otherwise. */
export const runRecord = z.object({
  schemaVersion: z.literal(1),
  /**
   * `running`: the run has not ended, or its end was not recorded; `complete`: every planned test has ended;
   * `interrupted`: it was asked to stop; `failed`: the rig, its use or the suites ended it early.
   */
  state: z.enum(['running', 'complete', 'interrupted', 'failed']),
  rig: z.string(),
  rigFile: z.string(),
  driver: z.string(),
  emulated: z.boolean(),
  /** The firmware faults that `--fault` switched on in the emulated module. */
  faults: z.array(z.string()).default([]),
  /** Null until it was read from the module. */
  module: z.object({ imei: z.string(), revision: z.string() }).nullable(),
  profile: z.string(),
  /** The pattern of `--clause`; null: every clause. */
  clausePattern: z.string().nullable(),
  /** What the run may use up; `counters` has what it did use. */
  budget: z.object({ nvramWrites: z.number(), reboots: z.number().nullable() }),
  /** Whether a test was not run because the NVRAM writes were used up. */
  budgetSpent: z.boolean(),
  seed: z.number(),
  /** Seconds of the module's network time per second; above 1 only on emulated modules. */
  clock: z.number(),
  commit: z.string().nullable(),
  node: z.string(),
  /** The machine's name. */
  host: z.string().optional(),
  /** How `junit.xml` is written; `rich` if absent. */
  junit: z.enum(['rich', 'strict']).optional(),
  /** ISO 8601, UTC. */
  startedAt: z.string(),
  /** Null while running. */
  durationMs: z.number().nullable(),
  /** Null while running; reports/README.md, "Verdicts". */
  exitCode: z.number().nullable(),
  clauses: z.array(clause),
  tests: z.array(test),
  /** What explains the failed tests, the most telling first; empty without any, and while the run goes on. */
  causes: z.array(cause).default([]),
  deviations: z.array(deviation),
  /** By the form of the command. */
  latency: z.record(z.string(), latency),
  timing: z.array(timing),
  /** The delay that the harness adds to an exchange; null if it was not measured. */
  ownShare: ownShare.nullable(),
  observations: z.record(z.string(), z.string()),
  /** By record: what supply cuts at swept moments left of it. Empty but in a release run. */
  cutSweeps: z.array(cutSweep).default([]),
  /** Every boot of a test, and how the run found the module; in order. */
  boots: z.array(boot).default([]),
  counters: z.object({
    exchanges: z.number(),
    reboots: z.number(),
    nvramWrites: z.number(),
    bytesIn: z.number(),
    bytesOut: z.number(),
  }),
  /** NVRAM writes of earlier runs on this machine, and the endurance that the rig file assumes. Null if emulated. */
  wear: z.object({ writesBefore: z.number(), endurance: z.number(), warnAt: z.number() }).nullable(),
  problems: z.array(problem),
  silences: z.array(silence).default([]),
  wiring: z.object({ power: seen, reset: seen }).default({ power: 'unseen', reset: 'unseen' }),
  /** Other messages of the run, in order. */
  messages: z.array(z.string()),
});

export type RunRecord = z.infer<typeof runRecord>;
export type RecordedClause = z.infer<typeof clause>;
export type RecordedTest = z.infer<typeof test>;
export type RecordedTiming = z.infer<typeof timing>;
export type RecordedCutSweep = z.infer<typeof cutSweep>;
export type RecordedBoot = z.infer<typeof boot>;
export type RecordedCause = z.infer<typeof cause>;
export type Latency = z.infer<typeof latency>;
export type Problem = z.infer<typeof problem>;
