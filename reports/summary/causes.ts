import type { RunRecord } from '../record/record.ts';
import { countNoun, indentedLines, type Ink } from '../text/format.ts';

/** The most causes that the summary shows; run.json has all. */
const MOST_CAUSES = 8;

/** What explains the failures, the most telling first; none without failures. */
export function causeLines({ causes }: Pick<RunRecord, 'causes'>, ink: Ink): string[] {
  if (causes.length === 0) return [];
  const more = causes.length - MOST_CAUSES;
  return [
    ink.bad(
      causes.length === 1 ? 'What explains the failures' : 'What explains the failures, most of them first',
    ),
    ...causes.slice(0, MOST_CAUSES).flatMap(({ text }) => indentedLines(text, 2)),
    ...(more > 0 ? [`  … ${countNoun(more, 'more cause')} in run.json`] : []),
  ];
}
