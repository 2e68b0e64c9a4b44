import { z } from 'zod';

import { HilError } from '../../base/error.ts';

/** The environment variable in which the supervisor passes the run's context to the Jest child, as JSON. */
export const RUN_CONTEXT = 'BC26_HIL_RUN';

const schema = z.object({
  /** Absolute path of the rig file. */
  rigFile: z.string(),
  runFolder: z.string(),
  /** File descriptors of the board's lock, inherited by this process. */
  lockDescriptors: z.array(z.int()),
  profile: z.enum(['smoke', 'nightly', 'release']),
  /** The `--clause` pattern; null: all clauses. */
  clausePattern: z.string().nullable(),
  seed: z.number().int(),
  /** How many accepted NVRAM writes the run may make in all. */
  nvramWrites: z.number().int(),
  /** The part of the profile's tests that `--clause` selects, 0 to 1. */
  chosenShare: z.number(),
  /** Known deviations: clauses that the rig's firmware is known to fail. */
  waived: z.array(z.string()),
  /** After this many failed tests the rest is not run; null: no limit. */
  maxFailures: z.number().int().nullable(),
  /** The `--stop-at` pattern: once one of these clauses has failed, the rest is not run; null: none. */
  stopAt: z.string().nullable(),
  /** Whether our own share of an exchange is measured at the end. */
  ownShare: z.boolean(),
  /** Faults to switch on in the emulated module, in addition to those of the rig file. */
  faults: z.array(z.string()),
  /** What of the board has to be proven before anything is judged. */
  switches: z.array(z.enum(['supplyCut', 'reset'])),
  /** The folder of the run whose trace stands in for the board; null: the board itself. */
  replay: z.string().nullable(),
});

/** What the supervisor passes to the Jest child; everything else comes from the rig file. */
export type RunContext = z.infer<typeof schema>;

/** @throws USAGE when Jest was not started by `qualify`. */
export function readRunContext(env: NodeJS.ProcessEnv): RunContext {
  const text = env[RUN_CONTEXT];
  if (text === undefined) {
    throw new HilError('USAGE', 'suites need a board and are started by `qualify`', {
      remedy: 'run: npm run qualify (or: npm test, for the tests of this repository)',
    });
  }
  return schema.parse(JSON.parse(text));
}
