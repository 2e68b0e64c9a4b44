import path from 'node:path';

import { escapeText } from '../../harness/base/escape.ts';
import { describeExitCode, statedNotRun } from '../record/exit-code.ts';
import type { RecordedClause, RecordedTest, RunRecord } from '../record/record.ts';
import type { Verdict } from '../record/verdict.ts';
import { changeTexts } from '../text/change-texts.ts';
import { failureSentence } from '../text/failure-sentence.ts';

/** The status values of Jest, and `error`, which jest-junit supports and Jest never uses. */
type JunitStatus = 'passed' | 'failed' | 'error' | 'pending';

/** What jest-junit reads of a test. */
export interface JunitCase {
  readonly ancestorTitles: readonly string[];
  readonly title: string;
  readonly status: JunitStatus;
  /** ms */
  readonly duration: number;
  readonly failureMessages: readonly string[];
  /** Not read by jest-junit: the message in one line, and the verdict; for attributes of `<failure>` and `<error>`. */
  readonly failure?: { readonly type: string; readonly message: string };
  /** Read by the properties file. */
  readonly properties: Record<string, string>;
  /** Not read by jest-junit: why a test was skipped. */
  readonly skipReason?: string;
}

/** What jest-junit reads of a suite file. */
export interface JunitSuite {
  readonly testFilePath: string;
  readonly displayName: string;
  readonly testResults: readonly JunitCase[];
  readonly numPassingTests: number;
  readonly numFailingTests: number;
  readonly numPendingTests: number;
  /** ms since the epoch. */
  readonly perfStats: { readonly start: number; readonly end: number };
  readonly properties: Record<string, string>;
}

/**
 * The JUnit status of each verdict. Undecided is an error, not a skip, so that no viewer shows green if the exit code
 * is 4.
 */
const statusOf: Record<Verdict, JunitStatus> = {
  pass: 'passed',
  observed: 'passed',
  fail: 'failed',
  'rig-error': 'error',
  inconclusive: 'error',
  flaky: 'error',
  'not-run': 'pending',
};

/** The texts of clauses, unless the reason contains them. */
const wordsOf = (clauses: readonly RecordedClause[], reason: string): string[] =>
  clauses
    .filter(({ text }) => !reason.includes(text))
    .map(({ id, status, section, text }) => `${id} (${status}, note ${section}): ${text}`);

/** The text of `<failure>` or `<error>`; the verdict is in its first line, which viewers show. */
function messageOf(test: RecordedTest, clauses: readonly RecordedClause[]): string {
  const reason = test.reason ?? 'no reason was recorded';
  const where = test.trace ? [`trace.jsonl, lines ${test.trace[0]} to ${test.trace[1]}`] : [];
  return [`${test.verdict}: ${reason}`, ...wordsOf(clauses, reason), ...where].join('\n');
}

function caseOf(test: RecordedTest, byId: ReadonlyMap<string, RecordedClause>): JunitCase {
  const status = statusOf[test.verdict];
  const clauses = test.clauses.flatMap((id) => byId.get(id) ?? []);
  const ids = test.clauses.length > 0 ? ` [${test.clauses.join(' ')}]` : '';
  return {
    ancestorTitles: [test.file],
    title: `${test.title}${ids}`,
    status,
    duration: test.durationMs,
    ...(status === 'failed' || status === 'error'
      ? {
          failureMessages: [messageOf(test, clauses)],
          failure: { type: test.verdict, message: failureSentence(test) },
        }
      : { failureMessages: [] }),
    properties: {
      verdict: test.verdict,
      clauses: test.clauses.join(' '),
      ...(test.reason !== undefined && { reason: test.reason.split('\n', 1)[0] ?? '' }),
      ...(test.trace && { trace: test.trace.join('-') }),
    },
    ...(status === 'pending' && { skipReason: test.reason ?? 'no reason was recorded' }),
  };
}

/** The problems of a run that no test shows; empty if there are none. */
function runProblems(record: RunRecord): string[] {
  const lines = record.problems.map(({ kind, code, message, remedy }) =>
    [`${kind}: ${code}: ${message}`, ...(remedy ? [remedy] : [])].join('\n'),
  );
  if (record.state === 'running')
    lines.push('rig-error: the run did not end: its record was never completed');
  if (record.state === 'failed' && lines.length === 0) lines.push('rig-error: the suites ended early');
  if (record.profile === 'release') {
    const left = statedNotRun(record);
    const unselected = left.filter((clause) => clause.unselected).length;
    if (unselected > 0)
      lines.push(`not-run in a release: ${unselected} stated clauses not selected by --clause`);
    lines.push(
      ...left
        .filter((clause) => !clause.unselected)
        .map(({ id, text }) => `not-run in a release: ${id}: ${text}`),
    );
  }
  return lines;
}

/** Whether some test is a failure or an error in the file. */
const hasFailedTest = (record: RunRecord): boolean =>
  record.tests.some(({ verdict }) => ['failed', 'error'].includes(statusOf[verdict]));

/**
 * A test case for the run itself. It is an error if the run ended early or is undecided, so that a run with an exit code
 * other than 0 never has a file without failures and errors.
 */
function caseOfRun(record: RunRecord): JunitCase {
  const lines = runProblems(record);
  const { exitCode } = record;
  if (lines.length === 0 && exitCode !== 0 && exitCode !== null && !hasFailedTest(record)) {
    lines.push(`exit code ${exitCode}: ${describeExitCode(record)}`);
  }
  return {
    ancestorTitles: ['run'],
    title: 'the run came to its end and left nothing undecided',
    status: lines.length > 0 ? 'error' : 'passed',
    duration: 0,
    failureMessages: lines.length > 0 ? [lines.join('\n')] : [],
    ...(lines.length > 0 && {
      failure: { type: 'run', message: failureSentence({ clauses: [], reason: lines[0] }) },
    }),
    properties: { state: record.state, exitCode: String(exitCode ?? '') },
  };
}

function suiteOf(file: string, cases: readonly JunitCase[], record: RunRecord): JunitSuite {
  const count = (...statuses: JunitStatus[]) =>
    cases.filter(({ status }) => statuses.includes(status)).length;
  const start = Date.parse(record.startedAt) || 0;
  const revision = record.module?.revision ?? 'module unknown';
  return {
    // jest-junit makes it relative to the working folder; annotations need the path from the repository's root.
    testFilePath: path.resolve('suites', file),
    displayName: `${record.rig} ${revision} › ${file}`,
    testResults: cases,
    numPassingTests: count('passed'),
    numFailingTests: count('failed'),
    numPendingTests: count('pending'),
    perfStats: { start, end: start + cases.reduce((sum, { duration }) => sum + duration, 0) },
    properties: {
      rig: record.rig,
      revision,
      imei: record.module?.imei ?? '',
      profile: record.profile,
      seed: String(record.seed),
      clock: String(record.clock),
      commit: record.commit ?? '',
      emulated: String(record.emulated),
      exitCode: String(record.exitCode ?? ''),
    },
  };
}

/** Converts a record to the results that jest-junit reads: a suite per file, and one for the run. */
export function junitResults(raw: RunRecord): JunitSuite[] {
  // A module may send characters that XML cannot hold.
  const record = changeTexts(raw, escapeText);
  const byId = new Map(record.clauses.map((clause) => [clause.id, clause]));
  const files = new Map<string, JunitCase[]>();
  for (const test of record.tests) {
    const cases = files.get(test.file) ?? [];
    files.set(test.file, [...cases, caseOf(test, byId)]);
  }
  const suites = [...files].map(([file, cases]) => suiteOf(file, cases, record));
  return [...suites, suiteOf('run', [caseOfRun(record)], record)];
}
