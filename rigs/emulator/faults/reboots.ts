import { accessRecords, itemsOf } from '../dmp/access-records.ts';
import { extendedRecords } from '../dmp/extended-records.ts';
import type { BootCause } from '../module/handler.ts';
import type { Nvram } from '../module/nvram.ts';
import type { Fault } from './fault.ts';
import { eraseItems, sideEffectFault, writeItems } from './fault-builders.ts';
import { type Match, matchAccess } from './match-command.ts';

interface Family {
  readonly prefix: string;
  readonly what: string;
  readonly items: readonly string[];
}

const families: readonly Family[] = [
  { prefix: '', what: 'what AT+QDMPCFG saved', items: accessRecords.flatMap(itemsOf) },
  { prefix: 'ex-', what: 'what AT+QDMPCFGEX saved', items: extendedRecords.flatMap(itemsOf) },
];

const eraseInNvram = (nvram: Nvram, items: readonly string[]): void =>
  nvram.commit(new Map(items.map((item) => [item, undefined])));

const powersOff: Match = (call) => call.name === '+QPOWD' && call.form === 'write';

/** Set by an orderly power-off, and gone at the next boot: tells a supply cut from it. */
const orderlyItem = 'fault_orderly';

const lostAtBootFault = (family: Family, cause: BootCause, id: string, kind: string): Fault => ({
  id: `${family.prefix}${id}`,
  describe: `${family.what} is lost over ${kind}`,
  booting: (nvram, happened) => {
    if (happened === cause) eraseInNvram(nvram, family.items);
  },
});

const lostAtPowerOffFault = (family: Family): Fault =>
  sideEffectFault(
    `${family.prefix}lost-over-power-off`,
    `${family.what} is lost over AT+QPOWD=0`,
    powersOff,
    (module) => eraseItems(module, family.items),
  );

const lostAtCutFault = (family: Family): Fault => ({
  ...sideEffectFault(
    `${family.prefix}lost-over-supply-cut`,
    `${family.what} is lost over a supply cut, however late`,
    powersOff,
    (module) => writeItems(module, { [orderlyItem]: '1' }),
  ),
  booting: (nvram, cause) => {
    if (cause === 'power-key' && nvram.read(orderlyItem) === undefined) eraseInNvram(nvram, family.items);
    eraseInNvram(nvram, [orderlyItem]);
  },
});

/** Set at the first of two boots, and gone at the second. */
const bootedItem = 'fault_booted';

/** What a record was at its last boot: the same again, it has had its one boot. */
const seenItem = (type: number): string => `fault_seen_${type}`;

/** The access mode is none of them, so that it goes on disabling access. */
const onceRecords = accessRecords.filter(({ type }) => type !== 0);

/** What goes wrong over reboots and power cuts. */
export const rebootFaults: readonly Fault[] = [
  ...families.flatMap((family) => [
    lostAtBootFault(family, 'soft', 'lost-over-soft-reset', 'AT+QRST=1'),
    lostAtBootFault(family, 'reset', 'lost-over-reset-pin', 'the reset pin'),
    lostAtPowerOffFault(family),
    lostAtCutFault(family),
  ]),
  {
    id: 'lost-at-second-boot',
    describe: 'a saved server and saved credentials are there after one boot, and gone after the next',
    booting: (nvram) => {
      for (const record of onceRecords) {
        const items = itemsOf(record);
        const values = JSON.stringify(items.map((item) => nvram.read(item)));
        const again = nvram.read(seenItem(record.type)) === values;
        if (again) eraseInNvram(nvram, items);
        nvram.commit(new Map([[seenItem(record.type), again ? undefined : values]]));
      }
    },
  },
  {
    id: 'nvram-torn',
    describe: 'a record is saved item by item, so that a supply cut can leave it mixed',
    commit: (changes, _, next) => {
      for (const [item, value] of changes) next(new Map([[item, value]]));
    },
  },
  {
    id: 'boots-twice',
    describe: 'every boot is followed by another',
    booted: (module) => {
      const again = module.nvram.read(bootedItem) === undefined;
      writeItems(module, { [bootedItem]: again ? '1' : undefined });
      return again ? 'reset' : undefined;
    },
  },
  {
    id: 'resets-on-erase',
    describe: '=5,4 resets the module after its OK',
    answer: (call, _, next) => (matchAccess(/^5,4$/)(call) ? { ...next(call), then: 'reset' } : next(call)),
  },
];
