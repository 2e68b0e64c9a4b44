import { checkEmulatorNames } from '../../../rigs/control/emulator-names.ts';
import type { RigFile } from '../../../rigs/file/rig-file.ts';
import { checkTemporaryFolder } from '../../base/temporary-folder.ts';
import { deviationsOf } from './deviations.ts';

/** A reason for which a run is refused before its board is touched. */
export interface Refusal {
  /** The doctor's name of the check. */
  readonly id: string;
  /** @throws a HilError that says what is wrong and what to do */
  readonly check: (rig: RigFile) => Promise<unknown>;
  /** What is found where nothing is wrong; undefined where that is not worth a line. */
  readonly sound?: (rig: RigFile) => string | undefined;
}

/**
 * What a rig and its machine are refused for, beside mistakes of the rig file itself. The doctor looks at the same list, so
 * that it finds whatever a run refuses.
 */
export const refusals: readonly Refusal[] = [
  { id: 'temporary', check: () => Promise.resolve().then(checkTemporaryFolder) },
  {
    id: 'deviations',
    check: (rig) => deviationsOf(rig, new Date()),
    sound: ({ module: { deviations } }) => deviations && `${deviations} is sound, and none has expired`,
  },
  { id: 'emulator', check: checkEmulatorNames },
];
