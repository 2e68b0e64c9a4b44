import { refusedNames } from '../../rigs/control/emulator-names.ts';
import { HilError } from '../base/error.ts';

/** @throws USAGE for a fault of `--fault` that the emulator does not have; EMULATOR_FAILED if it cannot be asked */
export async function refuseUnknownFaults(faults: readonly string[]): Promise<void> {
  const refused = await refusedNames({ faults, settings: {} });
  if (refused !== undefined) throw new HilError('USAGE', `--fault: ${refused}`);
}
