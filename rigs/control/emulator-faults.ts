import { z } from 'zod';

import { askEmulatorFor } from './emulator-lists.ts';

const listed = z.array(
  z.object({ id: z.string(), describe: z.string(), breaks: z.array(z.string()), file: z.string() }),
);

/** A firmware fault of the emulated module: what is wrong, the ids of the clauses that this breaks, its file. */
export type FaultFacts = z.infer<typeof listed>[number];

/**
 * Asks the emulator's program for its firmware faults.
 * @throws EMULATOR_FAILED
 */
export const listFaults = (): Promise<readonly FaultFacts[]> => askEmulatorFor('faults', listed);
