import { isEmulated, type RigFile } from '../../../rigs/file/rig-file.ts';
import { openWearLedger } from '../../../rigs/state/wear-ledger.ts';
import { messageOf } from '../../base/error.ts';
import type { Emit } from '../host/emit.ts';

/** Counts the NVRAM writes of one module, over all runs. */
export interface Wear {
  add(writes: number): void;
  close(): void;
}

/** An emulated module has no flash to wear. A module with accelerated network time is emulated, too. */
const hasFlash = (rig: RigFile): boolean => !isEmulated(rig) && rig.module.clock === 1;

const noWear: Wear = { add: () => undefined, close: () => undefined };

/**
 * Opens the module's ledger, reports its count, and warns if much of the flash's life is used up. A write that cannot be
 * counted does not stop the run, but is reported.
 * @throws LEDGER_FAILED when the ledger cannot be opened
 */
export function openWear(rig: RigFile, imei: string, emit: Emit): Wear {
  if (!hasFlash(rig)) return noWear;
  const ledger = openWearLedger({ imei, now: new Date() });
  const { writesBefore } = ledger;
  const { endurance, warnAt } = rig.module.wear;
  emit({ type: 'wear', writesBefore, endurance, warnAt });
  if (writesBefore >= warnAt * endurance) {
    const share = `${warnAt * 100} % of the ${endurance} assumed`;
    emit({ type: 'message', text: `module ${imei} has had ${writesBefore} NVRAM writes: above ${share}` });
  }
  return {
    add(writes) {
      try {
        ledger.add(writes);
      } catch (error) {
        emit({ type: 'message', text: `NVRAM writes not counted: ${messageOf(error)}` });
      }
    },
    close: () => ledger.close(),
  };
}
