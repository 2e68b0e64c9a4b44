import type { RunFolder } from '../../../reports/files/run-folder.ts';
import { writeJunit } from '../../../reports/junit/junit.ts';
import { addToStep, writeSummary } from '../../../reports/markdown/write-summary.ts';
import { writePage } from '../../../reports/page/write-page.ts';
import type { Entry } from '../../../reports/record/entry.ts';
import type { RunRecord } from '../../../reports/record/record.ts';
import { sealRun } from '../../../reports/seal/seal.ts';
import { summaryOf } from '../../../reports/summary/summary.ts';
import { coloured, plain } from '../../../reports/text/format.ts';
import { isHilError, messageOf } from '../../base/error.ts';
import type { Screen } from '../progress/screen.ts';
import type { Announcer } from './announcer.ts';

/** Writes the JUnit file, the page, the final record and its seal, and prints the summary; returns the record. */
export async function writeReports(
  folder: RunFolder,
  announcer: Announcer,
  summary: Screen,
): Promise<RunRecord> {
  await tryWrite(announcer, () => writeJunit(folder, announcer.recorder.write()));
  await tryWrite(announcer, () =>
    addToStepOf(announcer, writeSummary(folder.dir, announcer.recorder.write())),
  );
  announcer.recorder.write();
  await tryWrite(announcer, () => writePage(folder.dir));
  announcer.recorder.write();
  await tryWrite(announcer, () => sealRun(folder.dir));
  const record = announcer.recorder.write();
  summary.write(`\n${summaryOf(record, folder, summary.isTTY ? coloured : plain, summary.columns)}`);
  return record;
}

/** The file is the runner's and no report of the run: where it cannot be written, that is said and no more. */
function addToStepOf({ recorder, show }: Announcer, text: string): void {
  const step = process.env['GITHUB_STEP_SUMMARY'];
  if (step === undefined || step === '') return;
  try {
    addToStep(text, step);
  } catch (error) {
    const entry: Entry = {
      type: 'message',
      text: `the summary of the step was not written (GITHUB_STEP_SUMMARY): ${messageOf(error)}`,
    };
    recorder.addAndTrace(entry);
    show(entry);
  }
}

/** A report that cannot be written is a failure of the rig. The summary is still printed. */
async function tryWrite({ recorder, show }: Announcer, write: () => unknown): Promise<void> {
  try {
    await write();
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
