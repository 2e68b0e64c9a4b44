import type { RigFile } from '../../../../rigs/file/rig-file.ts';
import type { Finding } from '../findings/finding.ts';
import { brltty } from './brltty.ts';
import type { Check } from './check.ts';
import { getty } from './getty.ts';
import { gpioAccess } from './gpio-access.ts';
import { gpioChip } from './gpio-chip.ts';
import { gpioHeld } from './gpio-held.ts';
import { gpioLeftover } from './gpio-leftover.ts';
import { gpioPersist } from './gpio-persist.ts';
import { latencyTimer } from './latency-timer.ts';
import { machineClock } from './machine-clock.ts';
import { modemManager } from './modem-manager.ts';
import { nodeVersion } from './node-version.ts';
import { portAccess } from './port-access.ts';
import { portUsers } from './port-users.ts';
import { serialConsole } from './serial-console.ts';
import { stableName } from './stable-name.ts';
import type { System } from './system.ts';
import { wordSize } from './word-size.ts';

const checks: readonly Check[] = [
  nodeVersion,
  wordSize,
  machineClock,
  portAccess,
  stableName,
  serialConsole,
  getty,
  modemManager,
  brltty,
  latencyTimer,
  portUsers,
  gpioAccess,
  gpioChip,
  gpioHeld,
  gpioLeftover,
  gpioPersist,
];

/**
 * The doctor's checks alone, for the start of a run: they take milliseconds and do not touch the board. A broken
 * finding means that a run would fail, or would blame the module for a fault of the machine.
 */
export async function quickDoctor(rig: RigFile, system: System): Promise<Finding[]> {
  const found = await Promise.all(checks.map(async (check) => check(system, rig)));
  return found.flat();
}
