import { absentFaults } from './absent.ts';
import { accessLimits } from './access-limits.ts';
import { clientFaults } from './client.ts';
import { clientConductFaults } from './client-conduct.ts';
import { clientEarlyFaults } from './client-early.ts';
import { deafFaults } from './deaf.ts';
import { deviceInfoFaults } from './device-info.ts';
import { erasingFaults } from './erasing.ts';
import { charactersCounted, extendedLimits } from './extended-limits.ts';
import type { Fault } from './fault.ts';
import { inUseFaults } from './in-use.ts';
import { parsingFaults } from './parsing.ts';
import { readingFaults } from './reading.ts';
import { rebootFaults } from './reboots.ts';
import { resultFaults } from './results.ts';
import { savingFaults } from './saving.ts';
import { stateFaults } from './states.ts';
import { timingFaults } from './timing.ts';

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
