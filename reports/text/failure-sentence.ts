import { cutMark, shortened } from '../../harness/base/escape.ts';

/** Enough for three ids, an expectation and an exchange: viewers give a message one or two lines. */
const MOST = 400;
const MOST_PART = 100;
const MOST_IDS = 3;

/** The first line of a test that was run again with another result; the failure itself follows. */
const heading = /^failed once.*:$/;
/** The line before the failure of the second attempt. */
const secondAttempt = 'failed again when it was run again:';

/** Lines that Jest's matchers print besides the values: the call, and how many lines differ. */
const matcherCall = /^expect\(.*\)/;
const legend = /^[-+] (Expected|Received) +[-+] +\d+$/;
/** A line of a difference that only opens or closes something. */
const bracket = /^[-+] +(\S+: )?((Array|Object) )?[[{}\]],?$/;

const marked = (lines: readonly string[], mark: RegExp): string | undefined =>
  lines
    .find((line) => mark.test(line) && !legend.test(line) && !bracket.test(line))
    ?.replace(mark, '')
    .trim()
    .replace(/,$/, '');

/** The expected and the received value of a matcher: from its own lines, or from the first lines of a difference. */
function expectation(lines: readonly string[]): string | undefined {
  if (!matcherCall.test(lines[0] ?? '')) return undefined;
  const expected = marked(lines, /^Expected[^:]*: */) ?? marked(lines, /^- /);
  const received = marked(lines, /^Received[^:]*: */) ?? marked(lines, /^\+ /);
  if (expected === received) return undefined;
  const parts = [
    ...(expected ? [`expected ${shortened(expected, MOST_PART)}`] : []),
    ...(received ? [`${expected ? 'but it was' : 'not expected:'} ${shortened(received, MOST_PART)}`] : []),
  ];
  return parts.length === 0 ? undefined : parts.join(', ');
}

/** The last exchange in a reason, in the form of `exchangeInBytes` (harness/jest/verdict/outcome.ts). */
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

/**
 * Why a test did not pass, in one sentence: its clauses, the expectation in short, and the last exchange. For viewers of
 * JUnit files and the progress of a run, which show one line.
 */
export function failureSentence({ clauses, reason }: Judged): string {
  const all = (reason ?? 'no reason was recorded').split('\n');
  const begun = heading.test(all[0]!) ? all.slice(1) : all;
  const end = begun.indexOf(secondAttempt);
  const lines = end < 0 ? begun : begun.slice(0, end);
  const what = expectation(lines) ?? lines.find((line) => line.trim() !== '') ?? '';
  const how = begun === all ? '' : `${all[0]!} `;
  // A property names the broken clause itself.
  const tells = clauses.length === 0 || clauses.some((id) => what.startsWith(`${id}: `));
  const ids = tells ? '' : `${firstIds(clauses)}: `;
  return shortened([`${ids}${how}${what}`, ...exchangeOf(lines)].join('; '), MOST);
}
