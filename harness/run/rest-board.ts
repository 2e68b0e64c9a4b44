import { tmpdir } from 'node:os';

import type { Entry } from '../../reports/record/entry.ts';
import { openControl } from '../../rigs/control/open-control.ts';
import { isEmulated, type RigFile } from '../../rigs/file/rig-file.ts';
import type { Lock } from '../../rigs/lock/lock.ts';
import { shareLock } from '../../rigs/lock/share-lock.ts';
import { isHilError, messageOf } from '../base/error.ts';

/**
 * Drives a board's resting levels with the control driver alone; the port stays closed. An emulated board ends with its
 * process, so there is nothing to drive.
 * @throws CONTROL_FAILED, CONTROL_TIMEOUT
 */
export async function restBoard(rig: RigFile, lock: Lock): Promise<void> {
  if (isEmulated(rig)) return;
  // Only an emulated board writes into its folder: a full disk must not keep a real one from its rest.
  const { control } = await openControl(rig, { runFolder: tmpdir(), seed: 0, ...shareLock(lock) });
  try {
    await control.rest();
  } finally {
    await control.close();
  }
}

/** Puts the board at rest; returns the entry for the record when that fails. */
export async function tryRestBoard(rig: RigFile, lock: Lock): Promise<Entry | undefined> {
  try {
    await restBoard(rig, lock);
    return undefined;
  } catch (error) {
    const code = isHilError(error) ? error.code : 'CONTROL_FAILED';
    const remedy = 'switch the board off by hand, then check its control driver';
    return {
      type: 'rig-error',
      code,
      message: `the board could not be put at rest: ${messageOf(error)}`,
      remedy,
      atRest: false,
    };
  }
}
