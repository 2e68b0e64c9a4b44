import type { DmpConfig } from '../module/handler.ts';
import type { Nvram } from '../module/nvram.ts';
import type { Settings } from '../settings/settings.ts';
import { accessRecords } from './access-records.ts';
import { extendedRecords, noInformation } from './extended-records.ts';

/** The configuration a module takes into use when it boots: what is saved, and defaults for the rest. */
export function loadActive(nvram: Nvram, settings: Settings): DmpConfig {
  const access = accessRecords.flatMap(({ fields }) =>
    fields.map(({ item, fallback }) => [item, nvram.read(item) ?? fallback(settings)] as const),
  );
  const extended = extendedRecords.flatMap(({ fields }) =>
    fields.map(({ item }) => [item, nvram.read(item) ?? noInformation] as const),
  );
  return { values: new Map([...access, ...extended]) };
}
