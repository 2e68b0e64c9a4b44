import path from 'node:path';

import { escapeText } from '../../harness/base/escape.ts';
import { existingFiles, type RunFolder } from '../files/run-folder.ts';
import { faultOptions } from '../record/board-options.ts';
import { describeExitCode } from '../record/exit-code.ts';
import type { Problem, RecordedTest, RunRecord } from '../record/record.ts';
import type { Verdict } from '../record/verdict.ts';
import { changeTexts } from '../text/change-texts.ts';
import { countNoun, indentedLines, type Ink, wrapped } from '../text/format.ts';
import { causeLines } from './causes.ts';
import { notRunLines } from './clauses-not-run.ts';
import { countLines, groupByFirst, unselectedCount } from './counts.ts';
import { costLines, ownShareLines, timingLines, wearLines } from './figures.ts';
import { leadLines } from './lead.ts';

/** The most lines of a reason that the summary shows; run.json has all. */
const REASON_LINES = 24;

function headLines(record: RunRecord, ink: Ink): string[] {
  const { rig, emulated, clock, profile, seed, module, commit, node, startedAt } = record;
  const kind = ['emulated', ...faultOptions(record)].join(', ');
  const board = emulated ? `${rig} (${kind})` : rig;
  const network = clock === 1 ? '' : `, network time ${clock} times as fast as real time`;
  const chosen = `only the clauses ${record.clausePattern}: ${countNoun(unselectedCount(record), 'clause')} not selected`;
  return [
    ink.title(`Profile ${profile} on rig ${board}, seed ${seed}${network}`),
    ...(record.clausePattern === null ? [] : indentedLines(chosen, 0)),
    module ? `module ${module.imei}, ${module.revision}` : 'module not identified',
    `started ${startedAt}, commit ${commit ?? 'unknown'}, Node ${node}`,
  ];
}

function shorten(reason: string): string {
  const lines = reason.split('\n');
  if (lines.length <= REASON_LINES) return reason;
  return [
    ...lines.slice(0, REASON_LINES),
    `… ${countNoun(lines.length - REASON_LINES, 'more line')} in run.json`,
  ].join('\n');
}

/** The texts of the test's clauses, unless the reason contains them. */
const clauseLines = (test: RecordedTest, { clauses }: RunRecord): string[] =>
  clauses
    .filter(({ unselected }) => !unselected)
    .filter(({ id, text }) => test.clauses.includes(id) && !test.reason?.includes(text))
    .map(({ id, status, section, text }) => `${id} (${status}, note ${section}): ${text}`);

function testLines(test: RecordedTest, record: RunRecord): string[] {
  const where = test.trace ? [`trace.jsonl, lines ${test.trace[0]} to ${test.trace[1]}`] : [];
  const text = [
    shorten(test.reason ?? 'no reason was recorded'),
    ...clauseLines(test, record),
    ...where,
  ].join('\n');
  return [...indentedLines(`${test.name}  [${test.clauses.join(' ')}]`, 2), ...indentedLines(text, 6)];
}

/** All tests with one of the verdicts, under a title. */
function testBlock(record: RunRecord, title: string, verdicts: readonly Verdict[]): string[] {
  const tests = record.tests.filter(({ verdict }) => verdicts.includes(verdict));
  return tests.length === 0 ? [] : [title, ...tests.flatMap((test) => testLines(test, record))];
}

/** Tests that ended with a rig error, grouped by reason, because one error often ends many tests. */
function rigErrorBlock(record: RunRecord, title: string): string[] {
  const tests = record.tests.filter(({ verdict }) => verdict === 'rig-error');
  const reasons = groupByFirst(tests.map(({ name, reason }) => [reason ?? 'no reason was recorded', name]));
  if (reasons.length === 0) return [];
  const lines = reasons.flatMap(([reason, names]) => [
    ...indentedLines(shorten(reason), 2),
    ...indentedLines(
      `${countNoun(names.length, 'test')}: ${names.slice(0, 5).join('; ')}${names.length > 5 ? '; …' : ''}`,
      6,
    ),
  ]);
  return [title, ...lines];
}

const kindNames = {
  'usage-error': 'wrong usage',
  'rig-error': 'rig error',
  'module-error': 'the module failed',
} as const;

const problemLine = ({ code, message }: Problem, kind: keyof typeof kindNames): string =>
  `${kindNames[kind]}: ${code}: ${message}`;

/**
 * Problems of the whole run: what ended it early, or went wrong before its first or after its last test. The first line of
 * all has said that it was interrupted.
 */
function problemBlock(record: RunRecord, ink: Ink): string[] {
  const lines = record.problems.flatMap((problem) =>
    problem.kind === 'interrupted'
      ? []
      : [
          ...indentedLines(problemLine(problem, problem.kind), 2),
          ...(problem.remedy ? indentedLines(problem.remedy, 6) : []),
        ],
  );
  return lines.length === 0 ? [] : [ink.bad('Problems of the run'), ...lines];
}

/** Every known deviation of the firmware, met or not. */
function deviationBlock({ deviations: known }: RunRecord): string[] {
  const lines = known.flatMap(({ clause, reason, reference, expires, seenBy }) => [
    ...indentedLines(`${clause}: ${reason} (${reference}; until ${expires})`, 2),
    ...indentedLines(seenBy.length > 0 ? `observed by: ${seenBy.join('; ')}` : 'not met in this run', 6),
  ]);
  return lines.length === 0 ? [] : ['Known deviations of this firmware (observed, not failed)', ...lines];
}

/** The folder's path is never broken: it is there to be copied. */
function fileLines(folder: RunFolder, columns: number | undefined): string[] {
  const names = existingFiles(folder).map((file) => path.basename(file));
  return [
    `Files    ${escapeText(folder.dir)}`,
    ...wrapped(`         ${names.join(', ') || 'none: the folder was removed'}`, columns),
  ];
}

function verdictLine(record: RunRecord, ink: Ink): string {
  const { exitCode } = record;
  if (exitCode === null) return ink.unsure('The run has not ended');
  const paint = exitCode === 0 ? ink.good : exitCode === 4 ? ink.unsure : ink.bad;
  return paint(`Exit code ${exitCode}: ${describeExitCode(record)}`);
}

/**
 * The text that a person reads at the end of a run: the verdicts, each failure with its clause and its exchanges, what
 * was not run and why, and the meaning of the exit code.
 * @param ink `plain`, or `coloured` for a terminal
 * @param columns of the terminal, if it is shown on one; lines are broken to fit, at 110 characters at the latest
 * @returns the text, ending in a line break
 */
export function summaryOf(raw: RunRecord, folder: RunFolder, ink: Ink, columns?: number): string {
  // Control characters from a module must not reach the reader's terminal.
  const record = changeTexts(raw, escapeText);
  const blocks = [
    leadLines(record).map(ink.bad),
    causeLines(record, ink),
    headLines(record, ink),
    problemBlock(record, ink),
    testBlock(record, ink.bad('Failed'), ['fail']),
    rigErrorBlock(record, ink.bad('Tests without a verdict, because the rig failed')),
    testBlock(record, ink.unsure('Undecided'), ['inconclusive', 'flaky']),
    record.messages.length > 0 ? ['Notes', ...record.messages.flatMap((text) => indentedLines(text, 2))] : [],
    deviationBlock(record),
    notRunLines(record),
    timingLines(record),
    [...ownShareLines(record), ...costLines(record, ink), ...wearLines(record, ink)],
    countLines(record),
  ];
  const texts = [
    ...blocks.map((block) => block.flatMap((line) => wrapped(line, columns))),
    fileLines(folder, columns),
    // In a file one line has all of it, to be searched for.
    columns === undefined ? [verdictLine(record, ink)] : wrapped(verdictLine(record, ink), columns),
  ]
    .filter(({ length }) => length > 0)
    .map((lines) => lines.join('\n'));
  return `${texts.join('\n\n')}\n`;
}
