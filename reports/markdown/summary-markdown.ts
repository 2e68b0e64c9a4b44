import { escapeText, shortened } from '../../harness/base/escape.ts';
import { describeExitCode } from '../record/exit-code.ts';
import type { RunRecord } from '../record/record.ts';
import { failureSentence } from '../text/failure-sentence.ts';

const MOST_LISTED = 10;
const columns = ['fail', 'rig-error', 'inconclusive', 'flaky', 'pass', 'observed', 'not-run'] as const;

/** Text that Markdown and HTML show as it is, in one line: every ASCII punctuation character is escaped (CommonMark §2.4). */
export const markdownText = (text: string): string =>
  shortened(escapeText(text).replace(/\s+/g, ' '), 500).replace(/[!-/:-@[-`{-~]/g, (char) =>
    char === '<' ? '&lt;' : char === '&' ? '&amp;' : `\\${char}`,
  );

const red = new Set(['fail', 'rig-error', 'inconclusive', 'flaky']);
const redNames = ({ tests }: RunRecord): string[] =>
  tests.filter(({ verdict }) => red.has(verdict)).map(({ name }) => name);

function listed(title: string, items: readonly string[]): string[] {
  if (items.length === 0) return [];
  const more = items.length - MOST_LISTED;
  const shown = items.slice(0, MOST_LISTED).map((item) => `- ${markdownText(item)}`);
  return ['', `**${title}**`, '', ...shown, ...(more > 0 ? [`- … ${more} more in run.json`] : [])];
}

function newsLines(record: RunRecord, before: RunRecord | undefined): string[] {
  if (!before) return [];
  const [now, then] = [redNames(record), new Set(redNames(before))];
  const passed = record.tests
    .filter(({ name, verdict }) => then.has(name) && ['pass', 'observed'].includes(verdict))
    .map(({ name }) => name);
  const added = now.filter((name) => !then.has(name));
  const since = `since ${before.startedAt}, ${before.module?.revision ?? 'module unknown'}`;
  return [
    '',
    `${added.length} newly not passed and ${passed.length} passed again, ${markdownText(since)}`,
    ...listed('New', added),
    ...listed('Passed again', passed),
  ];
}

/**
 * The summary of a run in Markdown, for CI: its board by verdicts, causes, the first failure, what is new, the evidence.
 * @param before the last run of the same rig
 */
export function summaryMarkdown(record: RunRecord, dir: string, before?: RunRecord): string {
  const { rig, module, profile, exitCode, tests, clauses, causes, problems } = record;
  const count = (verdict: string) =>
    String(clauses.filter((one) => !one.unselected && one.verdict === verdict).length);
  const first =
    tests.find(({ verdict }) => verdict === 'fail') ?? tests.find(({ verdict }) => red.has(verdict));
  return [
    `## ${markdownText(`${rig}: ${exitCode === null ? 'the run has not ended' : describeExitCode(record)}`)}`,
    '',
    `| board | module | profile | exit code | ${columns.join(' | ')} |`,
    `|${' --- |'.repeat(4 + columns.length)}`,
    `| ${[rig, module?.revision ?? 'unknown', profile, String(exitCode ?? '')].map(markdownText).join(' | ')} | ${columns.map(count).join(' | ')} |`,
    '',
    'The numbers are clauses.',
    ...listed(
      'Problems of the run',
      problems.map(({ code, message }) => `${code}: ${message}`),
    ),
    ...listed(
      'Causes',
      causes.map(({ text }) => text),
    ),
    ...listed('First failure', first ? [`${first.name}: ${failureSentence(first)}`] : []),
    ...newsLines(record, before),
    '',
    `Evidence: ${markdownText(dir)}`,
    '',
  ].join('\n');
}
