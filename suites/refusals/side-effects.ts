import { sameConfiguration, savedRecords, type Snapshot } from '../../harness/jest/suite.ts';
import { clauseOfIsolation } from '../records/record-clauses.ts';
import { recordsNamedIn } from './named-records.ts';

type Difference = ReturnType<typeof sameConfiguration>[number];

/** A saved record that changed though the line which was accepted names another. */
export interface SideEffect extends Difference {
  /** The clause by which the line leaves it alone; undefined where the line is no write at all. */
  readonly clause: string | undefined;
}

/** The clauses by which what is accepted changes no record but the ones it names. */
export const isolationClauses = [
  'CFG-SAVE-ISOLATED',
  'CFG-ERASE-ISOLATED',
  'EX-SAVE-ISOLATED',
  'EX-ERASE-ISOLATED',
  'CROSS-ISOLATED',
] as const;

/**
 * What changed of what a line that was accepted had to leave alone. The values in use are no part of it: when a save
 * or an erase comes into use is for the clauses on reboots.
 */
export function sideEffects(line: string, before: Snapshot, after: Snapshot): readonly SideEffect[] {
  const named = recordsNamedIn(line);
  const command = /QDMPCFGEX/i.test(line) ? 'AT+QDMPCFGEX' : 'AT+QDMPCFG';
  const [own] = savedRecords.filter((record) => record.command === command);
  return sameConfiguration(before, after).flatMap((change): SideEffect[] => {
    const record = savedRecords.find(({ name }) => name === change.record);
    if (!record || named?.records.includes(record)) return [];
    return [{ ...change, clause: named && own && clauseOfIsolation(named.act, own, record) }];
  });
}

/** A change in words. */
export const describeChange = ({ record, before, after }: Difference): string =>
  `${record} read "${before}", and now "${after}"`;
