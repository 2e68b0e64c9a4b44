import { accessRecords, itemsOf } from '../../dmp/access-records.ts';
import { extendedRecords } from '../../dmp/extended-records.ts';
import type { Module } from '../../module/handler.ts';
import type { NvramChanges } from '../../module/nvram.ts';
import type { Fault } from '../fault.ts';

/** Its writing begins only so long after the latest moment at which the save may be answered, ms. */
const lateFault = (lateMs: number, words: string): Fault => ({
  id: `durable-${lateMs}-ms-after-ok`,
  describe: `OK comes ${words} before a save begins to be written, so that a supply cut in between loses it`,
  breaks: ['CFG-PERSIST-KINDS', 'CUT-MOMENT', 'EX-PERSIST-KINDS'],
  writeDelayMs: (planned, { latencyMs: [, longest] }) => planned + longest + lateMs,
});

/** The items of each record. The access mode is nobody's neighbour: a changed one could enable access. */
const records = [...accessRecords, ...extendedRecords].map(itemsOf);
const neighbours = records.slice(1);

/** The last item of the record after the one that changes, with its value; undefined where that holds nothing. */
function neighbourOf(changes: NvramChanges, { nvram }: Module): readonly [string, string] | undefined {
  const written = records.findIndex((items) => items.some((item) => changes.has(item)));
  const isNew = [...changes].some(([item, value]) => nvram.read(item) !== value);
  const item = (neighbours[written] ?? neighbours[0])?.at(-1) ?? '';
  const value = nvram.read(item);
  return written < 0 || !isNew || value === undefined ? undefined : [item, value];
}

export const faults: readonly Fault[] = [
  lateFault(50, '50 ms'),
  lateFault(300, '0.3 s'),
  lateFault(2_000, '2 s'),
  {
    id: 'nvram-spills',
    describe:
      'a save shortens the last value of the next record until it is done, so that a supply cut can leave it so',
    breaks: ['CUT-ATOMIC', 'CUT-MOMENT'],
    commit: (changes, module, next) => {
      const neighbour = neighbourOf(changes, module);
      if (!neighbour) return next(changes);
      const [item, value] = neighbour;
      next(new Map([[item, value.slice(0, -1)]]));
      next(new Map([...changes, neighbour]));
    },
  },
];
