import { z } from 'zod';

import { askEmulatorFor } from './emulator-lists.ts';

const fault = z.object({
  id: z.string(),
  describe: z.string(),
  breaks: z.array(z.string()),
  file: z.string(),
});

/** `operator` and `place` are the groups that it counts to; the file is that of the operator. */
const generated = fault.extend({ operator: z.string(), place: z.string() });

/** A firmware fault of the emulated module: what is wrong, the ids of the clauses that this breaks, its file. */
export type FaultFacts = z.infer<typeof fault>;
export type GeneratedFacts = z.infer<typeof generated>;

/**
 * Asks the emulator's program for its firmware faults.
 * @throws EMULATOR_FAILED
 */
export const listFaults = (): Promise<readonly FaultFacts[]> => askEmulatorFor('faults', z.array(fault));

/** Those that are made of operators and places. @throws EMULATOR_FAILED */
export const listGenerated = (): Promise<readonly GeneratedFacts[]> =>
  askEmulatorFor('generated', z.array(generated));
