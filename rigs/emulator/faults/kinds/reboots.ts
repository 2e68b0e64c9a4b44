import { accessRecords, itemsOf } from '../../dmp/access-records.ts';
import { extendedRecords } from '../../dmp/extended-records.ts';
import type { BootCause } from '../../module/handler.ts';
import type { Nvram } from '../../module/nvram.ts';
import type { Fault } from '../fault.ts';
import { eraseItems, sideEffectFault, writeItems } from '../fault-builders.ts';
import { type Match, matchAccess } from '../match-command.ts';

interface Family {
  readonly prefix: string;
  readonly what: string;
  readonly items: readonly string[];
  /** Begins the ids of its clauses. */
  readonly chapter: string;
}

const families: readonly Family[] = [
  { prefix: '', what: 'what AT+QDMPCFG saved', items: accessRecords.flatMap(itemsOf), chapter: 'CFG' },
  { prefix: 'ex-', what: 'what AT+QDMPCFGEX saved', items: extendedRecords.flatMap(itemsOf), chapter: 'EX' },
];

const eraseInNvram = (nvram: Nvram, items: readonly string[]): void =>
  nvram.commit(new Map(items.map((item) => [item, undefined])));

const powersOff: Match = (call) => call.name === '+QPOWD' && call.form === 'write';

/** The item that an orderly power-off sets and the next boot erases: a supply cut leaves it unset. */
const orderlyItem = 'fault_orderly';

const lostAtBootFault = (family: Family, cause: BootCause, id: string, kind: string): Fault => ({
  id: `${family.prefix}${id}`,
  describe: `${kind} loses ${family.what}`,
  breaks: [cause === 'soft' ? `${family.chapter}-PERSIST` : `${family.chapter}-PERSIST-KINDS`],
  booting: (nvram, happened) => {
    if (happened === cause) eraseInNvram(nvram, family.items);
  },
});

const lostAtPowerOffFault = (family: Family): Fault =>
  sideEffectFault(
    `${family.prefix}lost-over-power-off`,
    `AT+QPOWD=0 loses ${family.what}`,
    [`${family.chapter}-PERSIST-KINDS`],
    powersOff,
    (module) => eraseItems(module, family.items),
  );

const lostAtCutFault = (family: Family): Fault => ({
  ...sideEffectFault(
    `${family.prefix}lost-over-supply-cut`,
    `a supply cut loses ${family.what}, even long after the save`,
    [`${family.chapter}-PERSIST-KINDS`],
    powersOff,
    (module) => writeItems(module, { [orderlyItem]: '1' }),
  ),
  booting: (nvram, cause) => {
    if (cause === 'power-key' && nvram.read(orderlyItem) === undefined) eraseInNvram(nvram, family.items);
    eraseInNvram(nvram, [orderlyItem]);
  },
});

/** The item that the first of two boots sets and the second erases. */
const bootedItem = 'fault_booted';

/** The item that keeps the values of a record at the last boot: equal values have had their one boot. */
const seenItem = (type: number): string => `fault_seen_${type}`;

/** Between the text of the ROM and `RDY`, as a fraction of the boot time. */
const AGAIN_AT = 0.3;

/** All records but the access mode, which has to go on disabling access. */
const onceRecords = accessRecords.filter(({ type }) => type !== 0);

export const faults: readonly Fault[] = [
  ...families.flatMap((family) => [
    lostAtBootFault(family, 'soft', 'lost-over-soft-reset', 'AT+QRST=1'),
    lostAtBootFault(family, 'reset', 'lost-over-reset-pin', 'a reset by its pin'),
    lostAtPowerOffFault(family),
    lostAtCutFault(family),
  ]),
  {
    id: 'lost-at-second-boot',
    describe: 'a saved server and saved credentials survive one boot and are lost at the next',
    breaks: ['CFG-PERSIST'],
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
    id: 'mode-1-lost-at-boot',
    describe: 'each boot makes 0 of a saved access mode 1',
    breaks: ['CFG-PERSIST'],
    booting: (nvram) => {
      if (nvram.read('dm_enable') === '1') nvram.commit(new Map([['dm_enable', '0']]));
    },
  },
  {
    id: 'nvram-torn',
    describe: 'a record is saved item by item, so that a supply cut can mix old and new values',
    breaks: ['CUT-ATOMIC', 'CUT-MOMENT'],
    commit: (changes, _, next) => {
      for (const [item, value] of changes) next(new Map([[item, value]]));
    },
  },
  {
    id: 'boots-twice',
    describe: 'every boot is followed by another',
    breaks: ['BOOT-ALIVE'],
    booted: (module) => {
      const again = module.nvram.read(bootedItem) === undefined;
      writeItems(module, { [bootedItem]: again ? '1' : undefined });
      return again ? 'reset' : undefined;
    },
  },
  {
    id: 'boot-begins-again',
    describe: 'every boot begins again before the module is ready',
    breaks: ['BOOT-ALIVE'],
    bootText: ([rom, ...rest]) => (rom ? [rom, { ...rom, part: AGAIN_AT }, ...rest] : rest),
  },
  {
    id: 'resets-on-erase',
    describe: '=5,4 resets the module after its OK',
    breaks: ['BOOT-ALIVE'],
    answer: (call, _, next) => (matchAccess(/^5,4$/)(call) ? { ...next(call), then: 'reset' } : next(call)),
  },
];
