import { z } from 'zod';

import { HilError, messageOf } from '../../harness/base/error.ts';
import { askEmulator } from './ask-emulator.ts';

const listed = z.array(z.object({ id: z.string(), describe: z.string(), breaks: z.array(z.string()) }));

/** A firmware fault of the emulated module: what is wrong, and the ids of the clauses that this breaks. */
export type FaultFacts = z.infer<typeof listed>[number];

/**
 * Asks the emulator's program for its firmware faults.
 * @throws EMULATOR_FAILED
 */
export async function listFaults(): Promise<readonly FaultFacts[]> {
  const { error, stdout } = await askEmulator(['--faults', '--json']);
  if (error) throw failed(error);
  try {
    return listed.parse(JSON.parse(stdout));
  } catch (cause) {
    throw failed(cause);
  }
}

const failed = (cause: unknown): HilError =>
  new HilError('EMULATOR_FAILED', `the emulator did not list its faults: ${messageOf(cause)}`, {
    remedy: 'start it alone with `npx bc26-hil emulate --faults` to see what it prints',
    cause,
  });
