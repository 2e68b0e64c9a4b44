import { z } from 'zod';

export const proofCell = z.object({
  /** `fault`: a firmware that is wrong in one way; `control`: a sound one. */
  kind: z.enum(['fault', 'control']),
  /** A fault's id, or a control's name; unique in a proof. */
  name: z.string(),
  /** One line: what this firmware does wrong; of a control, what it is. */
  describe: z.string(),
  /** Ids of the clauses that the fault breaks; empty for a control. */
  breaks: z.array(z.string()),
  /** Of a generated fault: the operator and the place that it counts to. */
  generated: z.object({ operator: z.string(), place: z.string() }).optional(),
  /**
   * A fault is `caught` when a clause that it breaks failed, `blamed-wrongly` when only other clauses failed, `survived`
   * when none did. A control `passed` or `failed`. `undecided`: the runs came to no verdict.
   */
  outcome: z.enum(['caught', 'blamed-wrongly', 'survived', 'passed', 'failed', 'undecided']),
  /** Ids of the clauses that failed, in the order of the catalogue. */
  failed: z.array(z.string()),
  /** Names of the tests that failed: `<file> › <title>`; unless `everyTest`, a run ends once a clause of `breaks` has failed. */
  tests: z.array(z.string()),
  /** Those of them whose reason does not say what was expected and what came; absent without any. */
  unclear: z.array(z.string()).optional(),
  /** All tests of its clauses were run, whatever failed before (`--every-test`); so is a control always. */
  everyTest: z.boolean().default(false),
  /** Only of a fault that was caught: the first test that failed by a clause which the fault breaks. */
  caughtBy: z
    .object({
      /** One of `tests`. */
      test: z.string(),
      /** Its suite file. */
      chapter: z.string(),
      /** The clauses of this test that the fault breaks, failed ones only. */
      clauses: z.array(z.string()),
    })
    .optional(),
  /** Only of a fault that was caught: what that run gave as the first cause of its failures; absent where it had none. */
  cause: z
    .object({
      /** The cause in one sentence. */
      text: z.string(),
      /** Whether it names a clause that the fault breaks. */
      named: z.boolean(),
    })
    .optional(),
  /** The profile of the last run. */
  profile: z.string(),
  /**
   * By how much the module's network time passed slower in the last run than the rig says; absent in proofs of older
   * versions.
   */
  slower: z.number().optional(),
  /** Time that its runs took, ms. */
  durationMs: z.number(),
  /** What the last run said where the outcome is no good one: its exit code, and its first problem if it had one. */
  why: z.string().optional(),
});

/** What all cells together say of the clauses and of the tests. */
const matrix = z.object({
  /** Every S, E and I clause, in the order of the catalogue. */
  clauses: z.array(
    z.object({
      id: z.string(),
      /** Faults that are said to break it. */
      brokenBy: z.array(z.string()),
      /** Faults under which it failed, said to break it or not. */
      failedUnder: z.array(z.string()),
    }),
  ),
  /** Every test of a clause that can fail, in the order of the suites, with how many faults it was the first to catch. */
  tests: z.array(z.object({ name: z.string(), caughtFirst: z.number() })),
  /** Faults that one test alone catches; null unless every test was run of all that were caught. */
  thinIce: z.array(z.string()).nullable(),
});
export type Matrix = z.infer<typeof matrix>;

/** How many of some generated faults were caught, with the 95 % interval of that share (Wilson), 0 to 1. */
const share = z.object({
  name: z.string(),
  caught: z.number(),
  judged: z.number(),
  low: z.number(),
  high: z.number(),
});
export type Share = z.infer<typeof share>;

/** What a sample of the generated faults says of all of them. */
const sample = z.object({
  /** How many were drawn, of how many. */
  drawn: z.number(),
  of: z.number(),
  all: share,
  /** Those caught least first. */
  operators: z.array(share),
  places: z.array(share),
});
export type Sample = z.infer<typeof sample>;

/** `prove.json`: what the suites made of each faulty and each sound firmware. */
export const proof = z.object({
  schemaVersion: z.literal(1),
  profile: z.string(),
  seed: z.number(),
  commit: z.string().nullable(),
  node: z.string(),
  /** ISO 8601, UTC. */
  startedAt: z.string(),
  durationMs: z.number(),
  /** Firmwares judged a minute, by the last process that went on with it; of merged parts by all together. */
  perMinute: z.number().default(0),
  /** The part of the whole that was run: the first number counts from 1. Absent for the whole, and for merged parts. */
  shard: z.tuple([z.number(), z.number()]).optional(),
  /** Only chosen faults or controls were to be judged, so that nothing is said of clauses and tests that caught none. */
  chosen: z.boolean().default(false),
  /** How many cells were to be judged; more than `cells` holds where the proof was ended early. */
  planned: z.number(),
  /** In the order of the emulator's list of faults, of a sample in random order; controls last. */
  cells: z.array(proofCell),
  /** What the S, E and I clauses say, in the order of the catalogue; empty in proofs of older versions. */
  clauses: z
    .array(z.object({ id: z.string(), status: z.string(), section: z.string(), text: z.string() }))
    .default([]),
  /** Ids of the S, E and I clauses that no fault failed; null where only some faults were judged. */
  idle: z.array(z.string()).nullable(),
  /** Null where only some faults were judged. */
  matrix: matrix.nullable().default(null),
  /** Of a sample of the generated faults (`--generated`); null where none was drawn. */
  sample: sample.nullable().default(null),
});

export type Proof = z.infer<typeof proof>;
export type ProofCell = Proof['cells'][number];
export type Outcome = ProofCell['outcome'];

/** Exit code of a proof: 1 for a survivor, a failed control or an unclear failure, 4 where something was left undecided, else 0. */
export function exitCodeOf({ cells, planned }: Pick<Proof, 'cells' | 'planned'>): 0 | 1 | 4 {
  if (cells.some(({ outcome, unclear }) => bad.has(outcome) || unclear)) return 1;
  return planned > cells.length || cells.some(({ outcome }) => outcome === 'undecided') ? 4 : 0;
}

/** Outcomes that are a defect of the suites, or of what a fault is said to break. */
export const bad: ReadonlySet<Outcome> = new Set(['survived', 'blamed-wrongly', 'failed']);
