import { z } from 'zod';

import { askEmulatorFor } from './emulator-lists.ts';

const listed = z.array(
  z.object({
    name: z.string(),
    values: z.array(z.object({ value: z.string(), departs: z.array(z.string()) })).min(1),
  }),
);

/** A setting in which sound modules may differ: its values, and the ids of the E and I clauses each departs from. */
export type SoundSetting = z.infer<typeof listed>[number];

/**
 * Asks the emulator's program in what sound modules may differ.
 * @throws EMULATOR_FAILED
 */
export const listSoundSettings = (): Promise<readonly SoundSetting[]> => askEmulatorFor('settings', listed);
