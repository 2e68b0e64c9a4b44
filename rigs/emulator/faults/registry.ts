import path from 'node:path';

import type { Fault } from './fault.ts';
import { readByName } from './read-by-name.ts';

/** Each file holds faults of one kind, and exports them as `faults`. */
const found = await readByName<'faults', Fault>(path.join(import.meta.dirname, 'kinds'), 'faults');

const sources = new Map(found.map(({ file, item }) => [item.id, `rigs/emulator/faults/kinds/${file}`]));

/** The file of a fault, from the repository's root; empty for one that is not in `faults`. */
export const fileOf = (id: string): string => sources.get(id) ?? '';

/**
 * Every named firmware fault of the emulated module, by the names of the files, then in the order of each file. Ids are
 * stable; each fault is wrong in one way.
 */
export const faults: readonly Fault[] = found.map(({ item }) => item);
