import { causeInBrief } from '../causes/cause-text.ts';
import type { TestEvidence } from '../evidence/test-evidence.ts';
import type { RecordedClause, RecordedTest, RunRecord } from '../record/record.ts';
import type { Verdict } from '../record/verdict.ts';
import { failureSentence } from '../text/failure-sentence.ts';
import { countNoun } from '../text/format.ts';
import { type CaseRerun, type CaseStatus, classNameOf, type JunitCase, suiteNameOf } from './junit-case.ts';
import { markOf, runLine, withoutMarks } from './run-facts.ts';

/** Undecided is an error, not a skip, so that no viewer shows green if the exit code is 4. */
const statusOf: Record<Verdict, CaseStatus> = {
  pass: 'passed',
  observed: 'passed',
  fail: 'failure',
  'rig-error': 'error',
  inconclusive: 'error',
  flaky: 'error',
  'not-run': 'skipped',
};

/** Whether the test is a failure or an error in the file. */
export const isRed = ({ verdict }: RecordedTest): boolean => ['failure', 'error'].includes(statusOf[verdict]);

const reasonOf = ({ reason }: { readonly reason?: string | undefined }): string =>
  reason ?? 'no reason was recorded';

/** The texts of clauses, unless the reason contains them. */
const wordsOf = (clauses: readonly RecordedClause[], reason: string): string[] =>
  clauses
    .filter(({ text }) => !reason.includes(text))
    .map(({ id, status, section, text }) => `${id} (${status}, note ${section}): ${text}`);

/** As in a stack of Java or JavaScript: dorny/test-reporter takes the place from it, with a column (its `getExceptionSource`). */
const placeLine = ({ file, line }: Pick<JunitCase, 'file' | 'line'>): string =>
  `  at ${file} (${file}:${line}:1)`;

const placeOf = ({ file, source }: RecordedTest): Pick<JunitCase, 'file' | 'line'> =>
  source ?? { file: `suites/${file}`, line: 1 };

/**
 * What explains a failed test, in brief; undefined where its clauses, with which its sentence begins, say as much.
 */
function causeOf({ name }: RecordedTest, { causes, tests }: RunRecord): string | undefined {
  const cause = causes.find((each) => each.tests.includes(name));
  if (!cause || (cause.kind === 'breaks' && cause.tests.length === 1)) return undefined;
  const failed = tests.filter(({ verdict }) => verdict === 'fail').length;
  return `${causeInBrief(cause)}, which explains ${cause.tests.length} of ${countNoun(failed, 'failed test')}`;
}

/** Text of `<failure>` or `<error>`: the sentence first, since some viewers show only the first lines of this text. */
function bodyOf(test: RecordedTest, clauses: readonly RecordedClause[], cause: string | undefined): string {
  const reason = reasonOf(test);
  const where = test.trace ? [`trace.jsonl, lines ${test.trace[0]} to ${test.trace[1]}`] : [];
  return [
    [...(cause === undefined ? [] : [cause]), failureSentence(test)].join(': '),
    `verdict: ${test.verdict}`,
    reason,
    ...wordsOf(clauses, reason),
    ...where,
    placeLine(placeOf(test)),
  ].join('\n');
}

/**
 * The other attempt of a test that was run again: the last one where it failed again, the failed one of a flaky test.
 * Never `flakyFailure`, which viewers take for a pass.
 */
function rerunsOf({ attempts, clauses, verdict }: RecordedTest): CaseRerun[] {
  const other = verdict === 'flaky' ? attempts?.find((one) => one.verdict === 'fail') : attempts?.at(-1);
  if (!other || statusOf[other.verdict] === 'passed') return [];
  const message = failureSentence({ clauses, reason: other.reason });
  return [{ type: other.verdict, message, stackTrace: reasonOf(other) }];
}

const shortReason = (test: RecordedTest): string =>
  isRed(test) ? failureSentence(test) : (reasonOf(test).split('\n', 1)[0] ?? '');

function propertiesOf(test: RecordedTest, attachments: readonly string[]): JunitCase['properties'] {
  return [
    ['verdict', test.verdict],
    ['clauses', test.clauses.join(' ')],
    ...(test.reason === undefined ? [] : [['reason', shortReason(test)] as const]),
    ...(test.trace ? [['trace', test.trace.join('-')] as const] : []),
    // ReportPortal makes a tag of each of these, and splits it at its colon.
    ...test.clauses.map((id) => ['attribute', `clause:${id}`] as const),
    ['attribute', `verdict:${test.verdict}`],
    // Testmo and Bitrise.
    ...attachments.map((file) => ['attachment', file] as const),
  ];
}

/** The test case of a test. @param attachments paths as CI sees them */
export function caseOfTest(
  test: RecordedTest,
  record: RunRecord,
  evidence: TestEvidence | undefined,
  attachments: readonly string[],
): JunitCase {
  const status = statusOf[test.verdict];
  const judged = record.clauses.filter(({ id }) => test.clauses.includes(id));
  const ids = test.clauses.length > 0 ? ` [${test.clauses.join(' ')}]` : '';
  const shared = {
    classname: classNameOf(record.rig, suiteNameOf(test.file)),
    name: `${test.title}${ids}`,
    status,
    durationMs: test.durationMs,
    ...(evidence && { startedAt: evidence.startedAt }),
    ...placeOf(test),
    properties: propertiesOf(test, attachments),
  };
  if (status === 'passed') return { ...shared, reruns: [], systemOut: [] };
  if (status === 'skipped') {
    // GitLab shows the text, others the attribute.
    const reason = reasonOf(test);
    return { ...shared, outcome: { message: reason, body: reason }, reruns: [], systemOut: [] };
  }
  const cause = causeOf(test, record);
  return {
    ...shared,
    outcome: {
      type: test.verdict,
      message: [failureSentence(test), ...(cause === undefined ? [] : [`cause: ${cause}`])].join('; '),
      body: bodyOf(test, judged, cause),
    },
    reruns: rerunsOf(test),
    systemOut: [
      ...[runLine(record), ...(evidence?.transcript ?? [])].map(withoutMarks),
      // GitLab links the first, Jenkins's junit-attachments plugin all of them; each on a line of its own.
      ...attachments.map(markOf),
    ],
  };
}
