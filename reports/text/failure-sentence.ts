import { cutMark, shortened } from '../../harness/base/escape.ts';

/** Enough for three ids, an expectation and an exchange: viewers give a message one or two lines. */
const MOST = 400;
const MOST_PART = 100;
const MOST_WHAT = 220;
const MOST_IDS = 3;

/** The first line of a test that was run again with another result; the failure itself follows. */
const heading = /^failed once.*:$/;
/** The line before the failure of the second attempt. */
const secondAttempt = 'failed again when it was run again:';

/** The last exchange in a reason, in the form of `outcomeOf` (harness/jest/verdict/outcome.ts). */
function exchangeOf(lines: readonly string[]): string[] {
  const at = lines.findLastIndex((line) => /^ +sent +/.test(line));
  if (at < 0) return [];
  const sent = lines[at]!.replace(/^ +sent +/, '');
  const received = /^ +received ?(.*)$/.exec(lines[at + 1] ?? '')?.[1];
  const answer = received === undefined ? '' : `, received ${shortened(received || 'nothing', MOST_PART)}`;
  return [`sent ${shortened(sent, MOST_PART)}${answer}`];
}

/** The first clauses of a test. */
const firstIds = (clauses: readonly string[]): string =>
  clauses.slice(0, MOST_IDS).join(' ') + (clauses.length > MOST_IDS ? ` ${cutMark}` : '');

/** The fields of a recorded test, or of its end, that the sentence is made from. */
interface Judged {
  readonly clauses: readonly string[];
  readonly reason?: string | undefined;
}

/** A sentence that says what was expected and what came, and no matcher's text or comparison in its place. */
const saysBoth = (sentence: string): boolean =>
  /expected .+, got .+/.test(sentence) && !/^expect\(|"same"|\[object/.test(sentence);

/** The reason without its heading. */
function begun(reason: string): { readonly lines: readonly string[]; readonly head: string | undefined } {
  const [first = '', ...rest] = reason.split('\n');
  return heading.test(first) ? { lines: rest, head: first } : { lines: [first, ...rest], head: undefined };
}

/** The names of the failed tests whose reason does not begin with what was expected and what came. */
export const unclearFailures = (
  tests: readonly (Judged & { readonly name: string; readonly verdict: string })[],
): string[] =>
  tests
    .filter(({ verdict }) => verdict === 'fail')
    .filter(({ reason = '' }) => !saysBoth(begun(reason).lines[0] ?? ''))
    .map(({ name }) => name);

/**
 * Why a test did not pass, in one sentence: its clauses, what was expected and what came (the first line of its reason),
 * and the last exchange. For viewers of JUnit files and the progress of a run, which show one line.
 */
export function failureSentence({ clauses, reason }: Judged): string {
  const { lines: attempts, head } = begun(reason ?? 'no reason was recorded');
  const end = attempts.indexOf(secondAttempt);
  const lines = end < 0 ? attempts : attempts.slice(0, end);
  const what = lines.find((line) => line.trim() !== '') ?? '';
  const how = head === undefined ? '' : `${head} `;
  // A property names the broken clause itself.
  const tells = clauses.length === 0 || clauses.some((id) => what.startsWith(`${id}: `));
  const ids = tells ? '' : `${firstIds(clauses)}: `;
  return shortened([`${ids}${how}${shortened(what, MOST_WHAT)}`, ...exchangeOf(lines)].join('; '), MOST);
}
