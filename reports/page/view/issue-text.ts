import { boardOptions } from '../../record/board-options.ts';
import type { PageData } from './page-data.ts';
import { momentsBetween, transcriptText } from './transcript.ts';

type Test = PageData['record']['tests'][number];

/** A fence that no line of the text can close. */
function fenced(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${text}\n${fence}`;
}

/** A failed test as the text of an issue, in Markdown: the clauses, what came, and the commands that repeat it. */
export function issueText({ record, lanes, folder }: PageData, test: Test): string {
  const clauses = record.clauses.filter(({ id }) => test.clauses.includes(id));
  const repeat = [
    'npx bc26-hil qualify',
    boardOptions(record),
    `--profile ${record.profile}`,
    `--clause '${test.clauses.join(',')}'`,
    `--seed ${record.seed}`,
  ].join(' ');
  const moments = test.trace ? momentsBetween(lanes, ...test.trace) : [];
  return [
    `**${test.clauses.join(', ')}: ${test.verdict}**`,
    '',
    ...clauses.flatMap(({ id, status, section, text }) => [
      `> ${id} (${status}, note ${section}): ${text}`,
      '>',
    ]),
    '',
    fenced(test.reason ?? 'no reason was recorded'),
    '',
    `Module: ${record.module ? `${record.module.revision}, IMEI ${record.module.imei}` : 'not identified'}`,
    `Rig: ${record.rig} · profile ${record.profile} · seed ${record.seed} · suites ${record.commit ?? 'no commit'}`,
    `Run: ${folder}, started ${record.startedAt}`,
    '',
    'To repeat it:',
    '',
    fenced(repeat),
    '',
    'On the wire (→ sent, ← received, seconds since the start of the run):',
    '',
    fenced(transcriptText(moments)),
  ].join('\n');
}
