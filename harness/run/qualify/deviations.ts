import type { Deviation, Entry } from '../../../reports/record/entry.ts';
import type { RunRecord } from '../../../reports/record/record.ts';
import { loadDeviations } from '../../../rigs/file/deviations-file.ts';
import type { RigFile } from '../../../rigs/file/rig-file.ts';
import { isHilError } from '../../base/error.ts';
import { soundDate } from '../../base/machine-date.ts';
import { clauseById } from '../../clauses/catalogue.ts';
import type { ClauseStatus } from '../../clauses/clause.ts';

/** Why a clause of this status cannot be waived. */
const notWaivable: Partial<Record<ClauseStatus, string>> = {
  S: 'is stated by the note and cannot be waived; only E and I clauses can',
  U: 'is left open by the note and never fails; there is nothing to waive',
};

function clauseMistake(id: string): string | undefined {
  try {
    return notWaivable[clauseById(id).status];
  } catch (error) {
    if (!isHilError(error)) throw error;
    return `${error.message}; ${error.remedy ?? ''}`;
  }
}

/**
 * Loads the known deviations of a rig's firmware; none where the rig file names no list.
 * @param today by the machine's clock; where that has lost its time, it is not believed
 * @throws DEVIATIONS_INVALID
 */
export async function deviationsOf({ module }: RigFile, today: Date): Promise<readonly Deviation[]> {
  if (module.deviations === undefined) return [];
  return loadDeviations(module.deviations, {
    firmware: module.firmware,
    today: soundDate(today),
    clauseMistake,
  });
}

/** Whether every test of a clause could run: no clauses were selected, and it was more than a smoke run. */
const isFull = ({ profile, clausePattern, problems }: RunRecord): boolean =>
  profile !== 'smoke' && clausePattern === null && problems.length === 0;

/**
 * The listed deviations that a full run shows to be none: every test of the clause was run and passed. Each is a
 * mistake of the list, so that it does not outlive the firmware's fault.
 * @param record of a run whose tests have all ended
 * @param file the list
 */
export function unneededDeviations(record: RunRecord, file: string): Entry[] {
  if (!isFull(record)) return [];
  const verdicts = new Map(record.tests.map(({ name, verdict }) => [name, verdict]));
  const tests = new Map(record.clauses.map((clause) => [clause.id, clause.tests]));
  return record.deviations.flatMap(({ clause }): Entry[] => {
    const judges = tests.get(clause) ?? [];
    if (judges.length === 0 || !judges.every((name) => verdicts.get(name) === 'pass')) return [];
    return [
      {
        type: 'usage-error',
        code: 'DEVIATION_UNNEEDED',
        message: `${clause} is listed as a deviation, but this firmware meets it (${judges.length} tests passed)`,
        remedy: `remove ${clause} from ${file}`,
      },
    ];
  });
}
