import type { Nvram } from '../module/nvram.ts';
import type { Settings } from '../settings/settings.ts';
import { accessRecords } from './access-records.ts';
import { extendedRecords, noInformation } from './extended-records.ts';

/** The CMDMP configuration in use, by NVRAM item; strings are bytes (latin1). */
export interface DmpConfig {
  /** Every item of accessRecords and extendedRecords, its default where nothing is saved. */
  readonly values: Map<string, string>;
}

/**
 * Reads what a module takes into use when it boots: what is saved, and the default of each field that is not.
 * @param nvram what was saved; asked now, and never again
 */
export function loadActive(nvram: Nvram, settings: Settings): DmpConfig {
  const access = accessRecords.flatMap(({ fields }) =>
    fields.map(({ item, fallback }) => [item, nvram.read(item) ?? fallback(settings)] as const),
  );
  const extended = extendedRecords.flatMap(({ fields }) =>
    fields.map(({ item }) => [item, nvram.read(item) ?? noInformation] as const),
  );
  return { values: new Map([...access, ...extended]) };
}
