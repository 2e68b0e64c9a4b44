import type { RigFile } from '../../../../rigs/file/rig-file.ts';
import type { Finding } from '../findings/finding.ts';
import type { System } from './system.ts';

/** A check that touches neither port nor board. No finding means that it does not apply. */
export type Check = (system: System, rig: RigFile) => readonly Finding[] | Promise<readonly Finding[]>;
