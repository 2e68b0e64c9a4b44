import { appendFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { replaceFile } from '../files/replace-file.ts';
import { foldersOfRig } from '../files/run-folder.ts';
import { readRecord } from '../record/read-record.ts';
import type { RunRecord } from '../record/record.ts';
import { summaryMarkdown } from './summary-markdown.ts';

/** The last run of the rig before this one, among the folders beside it; undefined if none can be read. */
function runBefore(dir: string, { rig, startedAt }: RunRecord): RunRecord | undefined {
  const parent = path.dirname(dir);
  for (const name of foldersOfRig(readdirSync(parent), rig).reverse()) {
    try {
      const record = readRecord(path.join(parent, name));
      if (record.rig === rig && record.startedAt < startedAt) return record;
    } catch {
      // Its remains must not keep this run's summary from being written.
    }
  }
  return undefined;
}

/**
 * Writes `summary.md` of a run, and adds it to the summary of a step of GitHub's Actions.
 * @param step the file that GITHUB_STEP_SUMMARY names, if it is set
 * @throws REPORT_FAILED
 */
export function writeSummary(dir: string, record: RunRecord, step?: string): void {
  const text = summaryMarkdown(record, dir, runBefore(dir, record));
  replaceFile(path.join(dir, 'summary.md'), text);
  if (step !== undefined && step !== '') appendFileSync(step, `${text}\n`);
}
