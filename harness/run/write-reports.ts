import type { RunFolder } from '../../reports/files/run-folder.ts';
import { writeJunit } from '../../reports/junit/junit.ts';
import { writeSummary } from '../../reports/markdown/write-summary.ts';
import { writePage } from '../../reports/page/write-page.ts';
import type { Entry } from '../../reports/record/entry.ts';
import type { RunRecord } from '../../reports/record/record.ts';
import { sealRun } from '../../reports/seal/seal.ts';
import { isHilError, messageOf } from '../base/error.ts';

/** Who keeps the record of a run that has ended. */
export interface Keeper {
  /** Writes the record as it stands, and returns it. */
  write(): RunRecord;
  /** Takes an entry into record and trace, and shows it. */
  add(entry: Entry): void;
}

/**
 * Writes the JUnit file, the summary, the page, the final record and, last, its seal. One that cannot be written is a
 * failure of the rig (REPORT_FAILED) and keeps none of the others back.
 * @param onSummary gets the text of the summary
 * @returns the final record
 */
export async function writeReports(
  folder: RunFolder,
  keeper: Keeper,
  onSummary: (text: string) => void = () => undefined,
): Promise<RunRecord> {
  const reports: readonly ((record: RunRecord) => unknown)[] = [
    (record) => writeJunit(folder, record),
    (record) => onSummary(writeSummary(folder.dir, record)),
    () => writePage(folder.dir),
    () => sealRun(folder.dir),
  ];
  for (const report of reports) {
    try {
      await report(keeper.write());
    } catch (error) {
      keeper.add(failureOf(error));
    }
  }
  return keeper.write();
}

function failureOf(error: unknown): Entry {
  const remedy = isHilError(error) ? error.remedy : undefined;
  return { type: 'rig-error', code: 'REPORT_FAILED', message: messageOf(error), ...(remedy && { remedy }) };
}
