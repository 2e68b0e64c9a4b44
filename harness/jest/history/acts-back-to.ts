import type { RebootKind } from '../../bc26/reboot.ts';

/** Something done to the module that its records may show. */
export type Act = Write | { readonly do: 'reboot'; readonly kind: RebootKind };

/** A save or an erase that was answered OK; `unsure`: one that was not answered at all. */
export interface Write {
  readonly do: 'save' | 'erase' | 'unsure';
  /** Names of the records. */
  readonly records: readonly string[];
  readonly command: string;
}

/** The records that were written. */
export const recordsOf = (acts: readonly Act[]): readonly string[] =>
  acts.flatMap((act) => (act.do === 'reboot' ? [] : act.records));

/** Reboots that are made again, at most: they are the most expensive part of a run. */
const MOST_REBOOTS = 3;

/**
 * What brings the records back to where they stood at `mark`: the last save of each that was written since, its erase if
 * that came after it, and, if the module was rebooted since, the reboots between and after them. A write that was not
 * answered is not made again (`unknown-values.ts`).
 * @returns nothing where nothing was done since
 */
export function actsBackTo(acts: readonly Act[], mark: number): readonly Act[] {
  const before = acts.slice(0, mark).filter((act) => act.do !== 'unsure');
  const since = acts.slice(mark);
  const lastReboot = before.findLastIndex((act) => act.do === 'reboot');
  // A reboot brings every record into use, not only those that were written.
  if (since.some((act) => act.do === 'reboot')) {
    const inUse = withFewReboots(lastWrites(before.slice(0, lastReboot + 1)));
    return [...inUse, ...lastWrites(before.slice(lastReboot + 1))];
  }
  const written = new Set(recordsOf(since));
  return touching(written, lastWrites(before.filter((act) => act.do !== 'reboot')));
}

/** The writes to these records, and to those that such a write touches beside them (`=5,4` erases three). */
function touching(records: ReadonlySet<string>, writes: readonly Act[]): readonly Act[] {
  const touched = writes.filter(
    (act) => act.do !== 'reboot' && act.records.some((record) => records.has(record)),
  );
  const all = new Set([...records, ...recordsOf(touched)]);
  return all.size === records.size ? touched : touching(all, writes);
}

/** Leaves out saves and erases that a later save of the same record, or a later erase, makes good. */
const lastWrites = (acts: readonly Act[]): readonly Act[] =>
  acts.filter((act, index) => {
    if (act.do === 'reboot') return true;
    const later = acts.slice(index + 1).filter((each) => each.do !== 'reboot');
    const isMadeGood = (record: string): boolean =>
      later.some((each) => each.records.includes(record) && (each.do === 'save' || act.do === 'erase'));
    return !act.records.every(isMadeGood);
  });

function withFewReboots(acts: readonly Act[]): readonly Act[] {
  let left = acts.filter((act) => act.do === 'reboot').length;
  return acts.filter((act) => act.do !== 'reboot' || left-- <= MOST_REBOOTS);
}
