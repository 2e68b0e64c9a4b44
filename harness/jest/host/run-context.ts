import { z } from 'zod';

import { HilError } from '../../base/error.ts';

/** The variable by which the supervisor tells the Jest child what to run. */
export const RUN_CONTEXT = 'BC26_HIL_RUN';

const schema = z.object({
  /** Absolute path of the rig file. */
  rigFile: z.string(),
  runFolder: z.string(),
  /** The board's lock, as this process has inherited it. */
  lockDescriptors: z.array(z.int()),
  profile: z.enum(['smoke', 'nightly', 'release']),
  /** The `--clause` pattern, or null for all. */
  clausePattern: z.string().nullable(),
  seed: z.number().int(),
  /** How many accepted writes the run may make in all. */
  nvramWrites: z.number().int(),
  /** Clauses that the rig's firmware is known not to keep. */
  waived: z.array(z.string()),
  /** After so many failed tests the rest is not run; null: never. */
  maxFailures: z.number().int().nullable(),
  /** Faults switched on in the emulated module, besides the rig file's. */
  faults: z.array(z.string()),
});

/** What the supervisor tells the Jest child; everything else comes from the rig file. */
export type RunContext = z.infer<typeof schema>;

/** @throws USAGE when Jest was not started by `qualify`. */
export function readRunContext(env: NodeJS.ProcessEnv): RunContext {
  const text = env[RUN_CONTEXT];
  if (text === undefined) {
    throw new HilError('USAGE', 'the suites need a board, which `qualify` opens', {
      remedy: 'run: npm run qualify (or: npm test, for the tests of this repository)',
    });
  }
  return schema.parse(JSON.parse(text));
}
