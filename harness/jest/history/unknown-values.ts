import { type Act, recordsOf } from './acts-back-to.ts';

/**
 * Why the records cannot be brought back to where they stood at `mark`: what one of them held then, that is changed now, is
 * not known. It held something when the tests began, or a write of it was not answered.
 * @returns undefined where all is known
 */
export function whyNoWayBack(acts: readonly Act[], mark: number): string | undefined {
  const before = acts.slice(0, mark);
  const since = acts.slice(mark);
  const saved = unknownOf(recordsOf(since), before);
  if (saved !== undefined) return `what ${saved} held then is not known`;
  // A reboot brings every record into use.
  if (!since.some((act) => act.do === 'reboot')) return undefined;
  const lastReboot = before.findLastIndex((act) => act.do === 'reboot') + 1;
  const onlySaved = recordsOf(before.slice(lastReboot));
  const used = unknownOf(onlySaved, before.slice(0, lastReboot)) ?? unknownOf(recordsOf(before), before);
  return used === undefined ? undefined : `what ${used} held, and what was in use of it, is not known`;
}

/** The first of the records whose last write is unknown. */
const unknownOf = (records: readonly string[], acts: readonly Act[]): string | undefined =>
  records.find((record) => {
    const last = acts.findLast((act) => act.do !== 'reboot' && act.records.includes(record));
    return last === undefined || last.do === 'unsure';
  });
