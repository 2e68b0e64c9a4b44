import type { RigFile } from '../../../rigs/file/rig-file.ts';
import { HilError } from '../../base/error.ts';

/**
 * The rig with further faults switched on in its emulated module.
 * @throws USAGE when the board is a real one
 */
export function withFaults(rig: RigFile, faults: readonly string[]): RigFile {
  if (faults.length === 0) return rig;
  if (rig.control.driver !== 'emulator') {
    throw new HilError(
      'USAGE',
      `--fault works on an emulated board, and ${rig.name} is driven by ${rig.control.driver}`,
      { remedy: 'leave --fault out, or name a rig whose driver is emulator' },
    );
  }
  return { ...rig, control: { ...rig.control, faults: [...rig.control.faults, ...faults] } };
}
