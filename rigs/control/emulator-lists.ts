import type { z } from 'zod';

import { HilError, messageOf } from '../../harness/base/error.ts';
import { askEmulator } from './ask-emulator.ts';

/**
 * Asks the emulator's program for a list.
 * @throws EMULATOR_FAILED
 */
export async function askEmulatorFor<Schema extends z.ZodType>(
  what: 'faults' | 'generated' | 'settings',
  schema: Schema,
): Promise<z.output<Schema>> {
  const { error, stdout } = await askEmulator([`--${what}`, '--json']);
  if (error) throw failed(what, error);
  try {
    return schema.parse(JSON.parse(stdout));
  } catch (cause) {
    throw failed(what, cause);
  }
}

const failed = (what: string, cause: unknown): HilError =>
  new HilError('EMULATOR_FAILED', `the emulator did not list its ${what}: ${messageOf(cause)}`, {
    remedy: `start it alone with \`npx bc26-hil emulate --${what}\` to see what it prints`,
    cause,
  });
