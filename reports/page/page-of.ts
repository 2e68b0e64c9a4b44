import { existsSync } from 'node:fs';
import path from 'node:path';

import { existingFiles, filesOf } from '../files/run-folder.ts';
import { readTrace } from '../files/trace-file.ts';
import { describeExitCode } from '../record/exit-code.ts';
import { readRecord } from '../record/read-record.ts';
import { leadLines } from '../summary/lead.ts';
import { changesSince } from './changes.ts';
import { Lanes } from './lanes.ts';
import type { AnswerTimes, PageData } from './view/page-data.ts';

/**
 * What the page of a run shows, made from the run's folder alone.
 * @throws RECORD_UNREADABLE if the record or the trace is not one
 */
export function pageOf(dir: string): PageData {
  const folder = filesOf(path.resolve(dir));
  const record = readRecord(folder.dir);
  const lanes = new Lanes();
  const answers = new Map<string, { form: string; clause?: string; ms: number[] }>();
  let start: bigint | undefined;
  let wallAtStart: number | null = null;
  for (const line of existsSync(folder.trace) ? readTrace(folder.trace) : []) {
    start ??= line.at;
    lanes.add(line);
    if (line['type'] === 'exchange') addAnswer(answers, line);
    if (line['type'] === 'clock' && wallAtStart === null)
      wallAtStart = Date.parse(String(line['wall'])) - Number(line.at - start) / 1e6;
  }
  const changes = changesSince(folder.dir, record);
  return {
    record,
    lead: [...leadLines(record), describeExitCode(record)],
    folder: path.basename(folder.dir),
    lanes: lanes.done(),
    answers: [...answers.values()].sort(byCommand),
    // Not itself: made again, the page is the same.
    files: existingFiles(folder)
      .filter((file) => file !== folder.page)
      .map((file) => path.basename(file)),
    ...(changes && { changes }),
    wallAtStart: wallAtStart !== null && Number.isFinite(wallAtStart) ? wallAtStart : null,
  };
}

function addAnswer(
  answers: Map<string, { form: string; clause?: string; ms: number[] }>,
  { form, clause, hi, final }: Readonly<Record<string, unknown>>,
): void {
  // Without a final result, the time is what was waited.
  if (typeof form !== 'string' || typeof hi !== 'number' || final === '') return;
  let of = answers.get(form);
  if (!of) answers.set(form, (of = { form, ...(typeof clause === 'string' && { clause }), ms: [] }));
  of.ms.push(Math.round(hi * 1000) / 1000);
}

/** Commands with a limit first, the rest after them, each in order of its name. */
const byCommand = (a: AnswerTimes, b: AnswerTimes): number =>
  Number(b.clause !== undefined) - Number(a.clause !== undefined) || a.form.localeCompare(b.form, 'en');
