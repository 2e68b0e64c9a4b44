import type { RebootKind } from '../../bc26/reboot.ts';

/** Something done to the module that its records may show. */
export type Act = Write | Reboot;

export interface Reboot {
  readonly do: 'reboot';
  readonly kind: RebootKind;
  /** Left out where the module would contact strangers after it. */
  readonly ifHarmless?: true;
}

/** A save or an erase that was answered OK; `unsure`: one that was not answered at all. */
export interface Write {
  readonly do: 'save' | 'erase' | 'unsure';
  /** Names of the records. */
  readonly records: readonly string[];
  readonly command: string;
}

/** The records that were written. */
export const recordsOf = (acts: readonly Act[]): readonly string[] =>
  acts.flatMap((act) => (isReboot(act) ? [] : act.records));

/** Reboots that are made again, at most: they are the most expensive part of a run. */
const MOST_REBOOTS = 3;

/**
 * What brings the records back to where they stood at `mark`, from the last boot on, since a firmware may count from there:
 * the last save of each that was written since, its erase if that came after it, and, if the module was rebooted since, the
 * reboots between and after them. A write that was not answered is not made again (`unknown-values.ts`).
 * @returns nothing where nothing was done since
 */
export function actsBackTo(acts: readonly Act[], mark: number): readonly Act[] {
  const before = acts.slice(0, mark).filter((act) => act.do !== 'unsure');
  const since = acts.slice(mark);
  if (since.length === 0) return [];
  const afterReboot = before.findLastIndex(isReboot) + 1;
  const inUse = before.slice(0, afterReboot);
  const onlySaved = lastWrites(before.slice(afterReboot));
  // A reboot brings every record into use, not only those that were written.
  if (since.some(isReboot)) return [...withFewReboots(lastWrites(inUse)), ...onlySaved];
  const written = new Set(recordsOf(since));
  return [
    ...touching(written, lastWrites(inUse.filter((act) => !isReboot(act)))),
    ...inUse.slice(-1).filter(isReboot).map(ifHarmless),
    ...touching(written, onlySaved),
  ];
}

const isReboot = (act: Act): act is Reboot => act.do === 'reboot';

/** No reboot is part of the test: one that the rig must refuse is none that the test needs. */
const ifHarmless = (reboot: Reboot): Reboot => ({ ...reboot, ifHarmless: true });

/** The writes to these records, and to those that such a write touches beside them (`=5,4` erases three). */
function touching(records: ReadonlySet<string>, writes: readonly Act[]): readonly Act[] {
  const touched = writes.filter((act) => !isReboot(act) && act.records.some((record) => records.has(record)));
  const all = new Set([...records, ...recordsOf(touched)]);
  return all.size === records.size ? touched : touching(all, writes);
}

/** Leaves out saves and erases that a later save of the same record, or a later erase, makes good. */
const lastWrites = (acts: readonly Act[]): readonly Act[] =>
  acts.filter((act, index) => {
    if (isReboot(act)) return true;
    const later = acts.slice(index + 1).filter((each) => !isReboot(each));
    const isMadeGood = (record: string): boolean =>
      later.some((each) => each.records.includes(record) && (each.do === 'save' || act.do === 'erase'));
    return !act.records.every(isMadeGood);
  });

function withFewReboots(acts: readonly Act[]): readonly Act[] {
  let left = acts.filter(isReboot).length;
  return acts.filter((act) => !isReboot(act) || left-- <= MOST_REBOOTS);
}
