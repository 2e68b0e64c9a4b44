import { absentFaults } from './kinds/absent.ts';
import { accessLimits } from './kinds/access-limits.ts';
import { clientFaults } from './kinds/client.ts';
import { clientConductFaults } from './kinds/client-conduct.ts';
import { clientEarlyFaults } from './kinds/client-early.ts';
import { deafFaults } from './kinds/deaf.ts';
import { deviceInfoFaults } from './kinds/device-info.ts';
import { erasingFaults } from './kinds/erasing.ts';
import { charactersCounted, extendedLimits } from './kinds/extended-limits.ts';
import type { Fault } from './fault.ts';
import { inUseFaults } from './kinds/in-use.ts';
import { parsingFaults } from './kinds/parsing.ts';
import { readingFaults } from './kinds/reading.ts';
import { rebootFaults } from './kinds/reboots.ts';
import { resultFaults } from './kinds/results.ts';
import { savingFaults } from './kinds/saving.ts';
import { stateFaults } from './kinds/states.ts';
import { timingFaults } from './kinds/timing.ts';

/** Every firmware fault of the emulated module. Ids are stable; each fault is wrong in one way. */
export const faults: readonly Fault[] = [
  ...absentFaults,
  ...accessLimits,
  ...extendedLimits,
  charactersCounted,
  ...savingFaults,
  ...erasingFaults,
  ...readingFaults,
  ...inUseFaults,
  ...rebootFaults,
  ...resultFaults,
  ...timingFaults,
  ...deafFaults,
  ...parsingFaults,
  ...clientFaults,
  ...clientEarlyFaults,
  ...clientConductFaults,
  ...stateFaults,
  ...deviceInfoFaults,
];
