import { itemsOf } from '../../dmp/access-records.ts';
import { extendedRecords, noInformation } from '../../dmp/extended-records.ts';
import type { Module } from '../../module/handler.ts';
import { deviceInfoFrom } from '../../network/client-plan.ts';
import type { Fault } from '../fault.ts';
import { planFault } from '../fault-builders.ts';

const items = extendedRecords.flatMap(itemsOf);

/** A fault that changes the values of object 666; without the object it does nothing. */
const deviceInfoFault = (
  id: string,
  describe: string,
  breaks: Fault['breaks'],
  change: (values: ReadonlyMap<number, string>, module: Module) => ReadonlyMap<number, string>,
): Fault =>
  planFault(id, describe, breaks, ({ deviceInfo }, module) => ({
    deviceInfo: deviceInfo && change(deviceInfo, module),
  }));

/** Volte and netType (CMDMP.md §1.5). */
const VOLTE = 6610;
const NET_TYPE = 6611;
const swapped: Readonly<Record<number, number>> = { [VOLTE]: NET_TYPE, [NET_TYPE]: VOLTE };

/** Items that keep the values saved at the last boot, and those saved at the boot before it. */
const atLastBoot = (item: string): string => `fault_seen_${item}`;
const atBootBefore = (item: string): string => `fault_late_${item}`;

export const faults: readonly Fault[] = [
  {
    ...deviceInfoFault(
      'info-stale',
      'object 666 shows a saved value only after a second reboot',
      ['EX-APPLY'],
      (_, { nvram }) => deviceInfoFrom((item) => nvram.read(atBootBefore(item))),
    ),
    booting: (nvram) => {
      const changes = items.flatMap((item) => [
        [atBootBefore(item), nvram.read(atLastBoot(item))] as const,
        [atLastBoot(item), nvram.read(item)] as const,
      ]);
      nvram.commit(new Map(changes));
    },
  },
  deviceInfoFault(
    'info-at-once',
    'object 666 shows a saved value without a reboot',
    ['EX-APPLY'],
    (_, { nvram }) => deviceInfoFrom((item) => nvram.read(item)),
  ),
  {
    ...deviceInfoFault(
      'info-erase-ignored',
      'object 666 still shows erased values after a reboot',
      ['EX-ERASE-APPLY'],
      (_, { nvram }) => deviceInfoFrom((item) => nvram.read(atLastBoot(item))),
    ),
    booting: (nvram) => {
      const saved = items.filter((item) => nvram.read(item) !== undefined);
      nvram.commit(new Map(saved.map((item) => [atLastBoot(item), nvram.read(item)])));
    },
  },
  deviceInfoFault(
    'info-swapped',
    'object 666 has VoLTE state and network type swapped',
    ['EX-APPLY-WIRE'],
    (values) => new Map([...values].map(([id, value]) => [id, values.get(swapped[id] ?? id) ?? value])),
  ),
  deviceInfoFault(
    'info-location-lost',
    'object 666 shows no location, even if one is saved',
    ['EX-APPLY-WIRE'],
    (values) => new Map([...values].map(([id, value]) => [id, id === 6614 ? noInformation : value])),
  ),
  deviceInfoFault(
    'info-cut-short',
    'object 666 cuts values after 64 bytes, as XY does',
    ['EX-APPLY-WIRE'],
    (values) => new Map([...values].map(([id, value]) => [id, value.slice(0, 64)])),
  ),
];
