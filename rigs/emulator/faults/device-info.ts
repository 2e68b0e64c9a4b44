import { itemsOf } from '../dmp/access-records.ts';
import { extendedRecords, noInformation } from '../dmp/extended-records.ts';
import type { Module } from '../module/handler.ts';
import { type ClientPlan, deviceInfoFrom } from '../network/client-plan.ts';
import type { Fault } from './fault.ts';
import { planning } from './fault-builders.ts';

const items = extendedRecords.flatMap(itemsOf);

/** A fault of the values of object 666, given its healthy ones; without the object there is nothing to spoil. */
const informing = (
  id: string,
  describe: string,
  change: (values: ReadonlyMap<number, string>, module: Module) => ReadonlyMap<number, string>,
): Fault =>
  planning(id, describe, ({ deviceInfo }, module) => ({
    deviceInfo: deviceInfo && change(deviceInfo, module),
  }));

/** Volte and netType (CMDMP.md §1.5). */
const VOLTE = 6610;
const NET_TYPE = 6611;
const others: Readonly<Record<number, number>> = { [VOLTE]: NET_TYPE, [NET_TYPE]: VOLTE };

/** What was saved at the last boot, and what is shown: what was saved at the boot before. */
const seen = (item: string): string => `fault_seen_${item}`;
const late = (item: string): string => `fault_late_${item}`;

/** What object 666 shows wrong. */
export const deviceInfoFaults: readonly Fault[] = [
  {
    ...informing('info-stale', 'object 666 shows what was saved only after a second reboot', (_, { nvram }) =>
      deviceInfoFrom((item) => nvram.read(late(item))),
    ),
    booting: (nvram) => {
      const changes = items.flatMap((item) => [
        [late(item), nvram.read(seen(item))] as const,
        [seen(item), nvram.read(item)] as const,
      ]);
      nvram.commit(new Map(changes));
    },
  },
  informing('info-at-once', 'object 666 shows what was saved without a reboot', (_, { nvram }) =>
    deviceInfoFrom((item) => nvram.read(item)),
  ),
  {
    ...informing(
      'info-erase-ignored',
      'object 666 shows what was erased, even after a reboot',
      (_, { nvram }) => deviceInfoFrom((item) => nvram.read(seen(item))),
    ),
    booting: (nvram) => {
      const saved = items.filter((item) => nvram.read(item) !== undefined);
      nvram.commit(new Map(saved.map((item) => [seen(item), nvram.read(item)])));
    },
  },
  informing(
    'info-swapped',
    'object 666 has VoLTE state and network type swapped',
    (values) => new Map([...values].map(([id, value]) => [id, values.get(others[id] ?? id) ?? value])),
  ),
  informing(
    'info-location-lost',
    'object 666 has no location, whatever is saved',
    (values) => new Map([...values].map(([id, value]) => [id, id === 6614 ? noInformation : value])),
  ),
  informing(
    'info-cut-short',
    'object 666 cuts values after 64 bytes, as XY does',
    (values) => new Map([...values].map(([id, value]) => [id, value.slice(0, 64)])),
  ),
  planning('info-in-clear', 'object 666 is not encrypted', (): Partial<ClientPlan> => ({
    dress: (clear) => clear,
  })),
  planning('info-missing', 'there is no object 666', () => ({ deviceInfo: undefined })),
];
