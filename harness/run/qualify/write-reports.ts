import type { RunFolder } from '../../../reports/files/run-folder.ts';
import { writeJunit } from '../../../reports/junit/junit.ts';
import type { Entry } from '../../../reports/record/entry.ts';
import type { RunRecord } from '../../../reports/record/record.ts';
import { summaryOf } from '../../../reports/summary/summary.ts';
import { coloured, plain } from '../../../reports/text/format.ts';
import { isHilError, messageOf } from '../../base/error.ts';
import type { Screen } from '../progress/screen.ts';
import type { Announcer } from './announcer.ts';

/** Writes the JUnit file and the final record, and prints the summary; returns the record. */
export async function writeReports(
  folder: RunFolder,
  announcer: Announcer,
  summary: Screen,
): Promise<RunRecord> {
  await tryWriteJunit(folder, announcer);
  const record = announcer.recorder.write();
  summary.write(`\n${summaryOf(record, folder, summary.isTTY ? coloured : plain)}`);
  return record;
}

/** A JUnit file that cannot be written is a failure of the rig. The summary is still printed. */
async function tryWriteJunit(folder: RunFolder, { recorder, show }: Announcer): Promise<void> {
  try {
    await writeJunit(folder, recorder.write());
  } catch (error) {
    const remedy = isHilError(error) ? error.remedy : undefined;
    const entry: Entry = {
      type: 'rig-error',
      code: 'REPORT_FAILED',
      message: messageOf(error),
      ...(remedy && { remedy }),
    };
    recorder.addAndTrace(entry);
    show(entry);
  }
}
