import { readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import type { Fault } from './fault.ts';

/** Each file holds faults of one kind, and exports them as `faults`. */
const folder = path.join(import.meta.dirname, 'kinds');

/** What was built of each file, from the loader (`.config/load.mjs`). Absent under Jest, which loads the source. */
const built = (globalThis as { [key: symbol]: unknown })[Symbol.for('bc26-hil.built')] as
  ReadonlyMap<string, string> | undefined;

/** What a file of faults has beside it. */
const isTest = /\.(test|fixture)\.ts$/;

async function faultsOf(file: string): Promise<readonly Fault[]> {
  const source = path.join(folder, file);
  const { faults } = (await import(built?.get(source) ?? pathToFileURL(source).href)) as {
    readonly faults?: readonly Fault[];
  };
  if (!faults) throw new Error(`rigs/emulator/faults/kinds/${file} exports no faults`);
  return faults;
}

const sources = new Map<string, string>();

/** The file of a fault, from the repository's root; empty for one that is not in `faults`. */
export const fileOf = (id: string): string => sources.get(id) ?? '';

async function readAll(): Promise<readonly Fault[]> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts') && !isTest.test(file));
  const found: Fault[] = [];
  // One after the other: Jest's loader cannot link two modules at once that share a dependency.
  for (const file of files.sort()) {
    const own = await faultsOf(file);
    for (const { id } of own) sources.set(id, `rigs/emulator/faults/kinds/${file}`);
    found.push(...own);
  }
  return found;
}

/**
 * Every firmware fault of the emulated module, by the names of the files, then in the order of each file. Ids are
 * stable; each fault is wrong in one way.
 */
export const faults: readonly Fault[] = await readAll();
