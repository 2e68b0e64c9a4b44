import { savedRecords } from '../harness/jest/suite.ts';
import { judgeSweep } from './persistence/judge-sweep.ts';

// The mode last: it may leave access enabled, and every other sweep begins by disabling it.
const [mode, ...others] = savedRecords;
for (const record of mode ? [...others, mode] : others) judgeSweep(record);
