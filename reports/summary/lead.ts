import { failedTests, rigFailed } from '../record/exit-code.ts';
import { wasInterrupted } from '../record/fold-tests.ts';
import type { RunRecord } from '../record/record.ts';
import { countNoun, duration, indentedLines } from '../text/format.ts';

/** The most clauses that the first line names. */
const MOST_IDS = 5;

/**
 * The first lines of a summary where something must not be overlooked: that the run was interrupted, the input that
 * silences the module, and failures that were judged before the rig failed. None for other runs.
 */
export function leadLines(record: RunRecord): string[] {
  const ofModule = moduleLine(record);
  const ofRig =
    ofModule !== undefined && rigFailed(record) ? [`… and then the rig failed: ${rigReason(record)}`] : [];
  return [interruptedLine(record), ofModule, ...ofRig].flatMap((line) =>
    line === undefined ? [] : indentedLines(line, 0),
  );
}

/** How far the run came. What it did not come to is no failure. */
function interruptedLine({ problems, tests, durationMs }: RunRecord): string | undefined {
  const interrupted = problems.find(({ kind }) => kind === 'interrupted');
  if (!interrupted) return undefined;
  const left = tests.filter(wasInterrupted).length;
  const run = tests.filter(({ verdict }) => verdict !== 'not-run').length;
  const when = durationMs === null ? '' : ` after ${duration(durationMs)}`;
  return `Interrupted by ${interrupted.code}${when}: ${run} of ${countNoun(run + left, 'test')} had been run`;
}

function moduleLine(record: RunRecord): string | undefined {
  const silence = record.silences.find(({ verdict }) => verdict === 'fail');
  if (silence) return `INPUT-ALIVE failed: ${silence.text}`;
  const failed = failedTests(record).ofModule;
  if (failed.length === 0 || !rigFailed(record)) return undefined;
  const ids = [...new Set(failed.flatMap(({ clauses }) => clauses))];
  const more = ids.length > MOST_IDS ? ` and ${ids.length - MOST_IDS} more` : '';
  return `The module failed ${countNoun(failed.length, 'test')} (${ids.slice(0, MOST_IDS).join(', ')}${more})`;
}

/** The rig's first problem; a test that it ended may be the only one that tells. */
function rigReason({ problems, tests }: RunRecord): string {
  const problem = problems.find(({ kind }) => kind === 'rig-error');
  if (problem) return `${problem.code}: ${problem.message}`;
  return tests.find(({ verdict }) => verdict === 'rig-error')?.reason?.split('\n', 1)[0] ?? '';
}
