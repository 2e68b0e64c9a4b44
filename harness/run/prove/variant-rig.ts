import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { parseDocument, stringify } from 'yaml';

import { makeFolder } from '../../base/make-folder.ts';

/** In what a sound module differs from the emulated module of a rig. */
export interface Variant {
  /** Settings of the emulated module, by name. */
  readonly settings: Readonly<Record<string, string>>;
  /** Ids of the E and I clauses that it is then known to depart from. */
  readonly departs: readonly string[];
}

/**
 * Writes a rig file for a module that differs from a rig's own, and its known deviations beside it.
 * @param base the rig file, of an emulated board
 * @param slower by how much the module's network time passes slower; the least is real time
 * @param folder where to write
 * @returns the file
 */
export function writeVariantRig(
  base: string,
  { settings, departs, slower = 1 }: Variant & { readonly slower?: number },
  folder: string,
): string {
  makeFolder(folder);
  const rig = parseDocument(readFileSync(base, 'utf8'));
  for (const [name, value] of Object.entries(settings)) rig.setIn(['control', 'settings', name], value);
  const clock = Number(rig.getIn(['module', 'clock']) ?? 1);
  if (slower > 1) rig.setIn(['module', 'clock'], Math.max(1, Math.round(clock / slower)));
  if (departs.length > 0) {
    const deviations = path.join(folder, 'deviations.yaml');
    const entry = { reason: 'a setting of the emulated module', reference: 'prove', expires: '9999-12-31' };
    writeFileSync(
      deviations,
      stringify({
        firmware: rig.getIn(['module', 'firmware']),
        deviations: Object.fromEntries(departs.map((clause) => [clause, entry])),
      }),
    );
    rig.setIn(['module', 'deviations'], deviations);
  }
  const file = path.join(folder, 'rig.yaml');
  writeFileSync(file, String(rig));
  return file;
}
