import path from 'node:path';

import { escapeText } from '../../harness/base/escape.ts';
import { type RunFolder, sideFiles } from '../files/run-folder.ts';
import { meaningOf } from '../record/exit-code.ts';
import type { Problem, RecordedTest, RunRecord } from '../record/record.ts';
import type { Verdict } from '../record/verdict.ts';
import { mapTexts } from '../text/change-texts.ts';
import { count, indented, type Ink } from '../text/format.ts';
import { notRun } from './clauses-not-run.ts';
import { counts, unselected } from './counts.ts';
import { ownShare, spent, timing, wear } from './figures.ts';
import { group } from './group.ts';

/** How much of a reason the summary shows; the whole stands in run.json. */
const REASON_LINES = 24;

function head(record: RunRecord, ink: Ink): string[] {
  const { rig, emulated, clock, profile, seed, module, commit, node, startedAt } = record;
  const board = emulated ? `${rig} (emulated)` : rig;
  const network = clock === 1 ? '' : `, network time ${clock} times as fast`;
  const chosen = `only the clauses ${record.clausePattern}: ${count(unselected(record), 'clause')} not selected`;
  return [
    ink.title(`Profile ${profile} on rig ${board}, seed ${seed}${network}`),
    ...(record.clausePattern === null ? [] : indented(chosen, 0)),
    module ? `module ${module.imei}, ${module.revision}` : 'module not identified',
    `started ${startedAt}, commit ${commit ?? 'unknown'}, Node ${node}`,
  ];
}

function shorten(reason: string): string {
  const lines = reason.split('\n');
  if (lines.length <= REASON_LINES) return reason;
  return [
    ...lines.slice(0, REASON_LINES),
    `… ${count(lines.length - REASON_LINES, 'more line')} in run.json`,
  ].join('\n');
}

/** The clauses' words, unless the reason has them. */
const words = (test: RecordedTest, { clauses }: RunRecord): string[] =>
  clauses
    .filter(({ unselected }) => !unselected)
    .filter(({ id, text }) => test.clauses.includes(id) && !test.reason?.includes(text))
    .map(({ id, status, section, text }) => `${id} (${status}, note ${section}): ${text}`);

function story(test: RecordedTest, record: RunRecord): string[] {
  const where = test.trace ? [`trace.jsonl, lines ${test.trace[0]} to ${test.trace[1]}`] : [];
  const text = [shorten(test.reason ?? 'no reason was recorded'), ...words(test, record), ...where].join(
    '\n',
  );
  return [...indented(`${test.name}  [${test.clauses.join(' ')}]`, 2), ...indented(text, 6)];
}

/** Every test with one of the verdicts, under a title. */
function stories(record: RunRecord, title: string, verdicts: readonly Verdict[]): string[] {
  const tests = record.tests.filter(({ verdict }) => verdicts.includes(verdict));
  return tests.length === 0 ? [] : [title, ...tests.flatMap((test) => story(test, record))];
}

/** Rig errors often repeat: tests with one and the same reason are named together. */
function rigErrors(record: RunRecord, title: string): string[] {
  const tests = record.tests.filter(({ verdict }) => verdict === 'rig-error');
  const reasons = group(tests.map(({ name, reason }) => [reason ?? 'no reason was recorded', name]));
  if (reasons.length === 0) return [];
  const lines = reasons.flatMap(([reason, names]) => [
    ...indented(shorten(reason), 2),
    ...indented(
      `${count(names.length, 'test')}: ${names.slice(0, 5).join('; ')}${names.length > 5 ? '; …' : ''}`,
      6,
    ),
  ]);
  return [title, ...lines];
}

function problemLine({ kind, code, message }: Problem): string {
  if (kind === 'interrupted') return `interrupted by ${code}`;
  return `${kind === 'usage-error' ? 'wrong usage' : 'rig error'}: ${code}: ${message}`;
}

/** What concerns the whole run: what cut it, or went wrong before its first test or after its last. */
function problems(record: RunRecord, ink: Ink): string[] {
  const lines = record.problems.flatMap((problem) => [
    ...indented(problemLine(problem), 2),
    ...(problem.remedy ? indented(problem.remedy, 6) : []),
  ]);
  return lines.length === 0 ? [] : [ink.bad('Problems of the run'), ...lines];
}

/** Every known deviation of the firmware, met or not. */
function deviations({ deviations: known }: RunRecord): string[] {
  const lines = known.flatMap(({ clause, reason, reference, expires, seenBy }) => [
    ...indented(`${clause}: ${reason} (${reference}; until ${expires})`, 2),
    ...indented(seenBy.length > 0 ? `observed by: ${seenBy.join('; ')}` : 'not met in this run', 6),
  ]);
  return lines.length === 0 ? [] : ['Known deviations, observed and not failed', ...lines];
}

function files(folder: RunFolder): string[] {
  const names = [folder.record, folder.junit, folder.trace, folder.log, ...sideFiles(folder)].map((file) =>
    path.basename(file),
  );
  return [`Files    ${folder.dir}`, `         ${names.join(', ')}`];
}

function verdictLine(record: RunRecord, ink: Ink): string {
  const { exitCode } = record;
  if (exitCode === null) return ink.unsure('The run has not ended');
  const paint = exitCode === 0 ? ink.good : exitCode === 4 ? ink.unsure : ink.bad;
  return paint(`Exit code ${exitCode}: ${meaningOf(record)}`);
}

/**
 * What a person reads at the end of a run: what was judged and how, each failure with its clause and its
 * exchange, what was not run and why, and what the exit code means.
 * @param ink `plain`, or `coloured` for a terminal
 * @returns lines of at most 110 characters (colours apart), ending in a line break
 */
export function summaryOf(raw: RunRecord, folder: RunFolder, ink: Ink): string {
  // What a module sends must not move the cursor of whoever reads this.
  const record = mapTexts(raw, escapeText);
  const blocks = [
    head(record, ink),
    problems(record, ink),
    stories(record, ink.bad('Failed'), ['fail']),
    rigErrors(record, ink.bad('Tests without a verdict, since the rig failed')),
    stories(record, ink.unsure('Undecided'), ['inconclusive', 'flaky']),
    record.messages.length > 0 ? ['Notes', ...record.messages.flatMap((text) => indented(text, 2))] : [],
    deviations(record),
    notRun(record),
    timing(record),
    [...ownShare(record), ...spent(record, ink), ...wear(record, ink)],
    counts(record),
    files(folder),
    [verdictLine(record, ink)],
  ];
  const texts = blocks.filter(({ length }) => length > 0).map((block) => block.join('\n'));
  return `${texts.join('\n\n')}\n`;
}
