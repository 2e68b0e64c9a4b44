import { appendFileSync } from 'node:fs';

import { replaceFile } from '../files/replace-file.ts';
import { filesOf } from '../files/run-folder.ts';
import type { RunRecord } from '../record/record.ts';
import { runBefore } from '../record/run-before.ts';
import { summaryMarkdown } from './summary-markdown.ts';

/**
 * Writes `summary.md` of a run.
 * @returns its text
 * @throws REPORT_FAILED
 */
export function writeSummary(dir: string, record: RunRecord): string {
  const text = summaryMarkdown(record, dir, runBefore(dir, record)?.record);
  replaceFile(filesOf(dir).summary, text);
  return text;
}

/**
 * Adds a summary to that of a step of GitHub's Actions.
 * @param step the file that GITHUB_STEP_SUMMARY names
 */
export const addToStep = (text: string, step: string): void => appendFileSync(step, `${text}\n`);
