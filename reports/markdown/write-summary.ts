import { appendFileSync } from 'node:fs';
import path from 'node:path';

import { replaceFile } from '../files/replace-file.ts';
import type { RunRecord } from '../record/record.ts';
import { runBefore } from '../record/run-before.ts';
import { summaryMarkdown } from './summary-markdown.ts';

/**
 * Writes `summary.md` of a run, and adds it to the summary of a step of GitHub's Actions.
 * @param step the file that GITHUB_STEP_SUMMARY names, if it is set
 * @throws REPORT_FAILED
 */
export function writeSummary(dir: string, record: RunRecord, step?: string): void {
  const text = summaryMarkdown(record, dir, runBefore(dir, record)?.record);
  replaceFile(path.join(dir, 'summary.md'), text);
  if (step !== undefined && step !== '') appendFileSync(step, `${text}\n`);
}
