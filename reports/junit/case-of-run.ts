import { describeExitCode, statedNotRun } from '../record/exit-code.ts';
import type { RunRecord } from '../record/record.ts';
import { failureSentence } from '../text/failure-sentence.ts';
import { countNoun } from '../text/format.ts';
import { isRed } from './case-of-test.ts';
import { classNameOf, type JunitCase } from './junit-case.ts';
import { markOf, runLine, withoutMarks } from './run-facts.ts';

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

/** How many tests the profile or `--clause` leaves out, by reason; they have no test case of their own. */
function leftOutLines({ tests }: RunRecord): string[] {
  const counts = new Map<string, number>();
  for (const { leftOut, reason = 'no reason was recorded' } of tests)
    if (leftOut) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].map(([reason, n]) => `${countNoun(n, 'test')} left out: ${reason}`);
}

/**
 * A test case for the run itself. It is an error if the run ended early or is undecided, so that a run with an exit code
 * other than 0 never has a file without failures and errors.
 * @param tail the last lines of the trace
 * @param attachments paths as CI sees them
 */
export function caseOfRun(
  record: RunRecord,
  tail: readonly string[],
  attachments: readonly string[],
): JunitCase {
  const lines = runProblems(record);
  const { exitCode } = record;
  if (lines.length === 0 && exitCode !== 0 && exitCode !== null && !record.tests.some(isRed)) {
    lines.push(`exit code ${exitCode}: ${describeExitCode(record)}`);
  }
  const isFine = lines.length === 0;
  const leftOut = leftOutLines(record);
  return {
    classname: classNameOf(record.rig, 'run'),
    name: 'the run came to its end and left nothing undecided',
    status: isFine ? 'passed' : 'error',
    ...(!isFine && {
      outcome: {
        type: 'run',
        message: failureSentence({ clauses: [], reason: lines[0] }),
        body: lines.join('\n'),
      },
    }),
    reruns: [],
    durationMs: 0,
    ...endOf(record),
    // Without a file viewers guess one by the class's name (mikepenz/action-junit-report).
    file: 'suites/README.md',
    line: 1,
    properties: [
      ['state', record.state],
      ['exitCode', String(exitCode ?? '')],
      ['leftOut', String(record.tests.filter((test) => test.leftOut).length)],
      ...attachments.map((file) => ['attachment', file] as const),
    ],
    systemOut: [
      ...(isFine ? leftOut : [runLine(record), ...leftOut, ...tail]).map(withoutMarks),
      ...attachments.map(markOf),
    ],
  };
}

/** The run's end, so that a viewer that takes the last end for the run's (Azure) shows its true duration. */
export function endOf({ startedAt, durationMs }: RunRecord): { startedAt?: number } {
  const start = Date.parse(startedAt);
  return Number.isNaN(start) ? {} : { startedAt: start + (durationMs ?? 0) };
}
