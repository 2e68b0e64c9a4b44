import { sameConfiguration, savedRecords, type Snapshot } from '../../harness/jest/suite.ts';
import { clauseOfIsolation } from '../records/record-clauses.ts';
import { recordsNamedIn } from './named-records.ts';

type Difference = ReturnType<typeof sameConfiguration>[number];

/** A saved record that changed although the accepted line does not name it. */
export interface SideEffect extends Difference {
  /** The clause that this breaks; undefined if the line is not a save or an erase. */
  readonly clause: string | undefined;
}

/** The clauses that say that an accepted line changes only the records it names. */
export const isolationClauses = [
  'CFG-SAVE-ISOLATED',
  'CFG-ERASE-ISOLATED',
  'EX-SAVE-ISOLATED',
  'EX-ERASE-ISOLATED',
  'CROSS-ISOLATED',
] as const;

/**
 * The changes in records that an accepted line does not name. Changes of the values in use are left out: the clauses on
 * reboots judge when a save or an erase comes into use.
 */
export function sideEffects(line: string, before: Snapshot, after: Snapshot): readonly SideEffect[] {
  const named = recordsNamedIn(line);
  const own = savedRecords.find(({ command }) => command === named?.command);
  return sameConfiguration(before, after).flatMap((change): SideEffect[] => {
    const record = savedRecords.find(({ name }) => name === change.record);
    if (!record || named?.records.includes(record)) return [];
    return [{ ...change, clause: named && own && clauseOfIsolation(named.act, own, record) }];
  });
}

export const describeChange = ({ record, before, after }: Difference): string =>
  `${record} read "${before}", and now "${after}"`;
