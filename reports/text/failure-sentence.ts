import { cutMark, shortened } from '../../harness/base/escape.ts';

/** Room for an id or three, an expectation and an exchange: viewers give a message a line or two. */
const MOST = 400;
const MOST_PART = 100;
const MOST_IDS = 3;

/** A line that says of a first attempt how it went on: the failure itself follows. */
const heading = /^failed once.*:$/;
/** Where in a reason something else begins: the second attempt. */
const secondAttempt = 'failed again when it was run again:';

/** What Jest's matchers print besides the values: the call, and how many lines differ. */
const matcherCall = /^expect\(.*\)/;
const legend = /^[-+] (Expected|Received) +[-+] +\d+$/;
/** A line of a difference that opens or closes something says nothing by itself. */
const bracket = /^[-+] +(\S+: )?((Array|Object) )?[[{}\]],?$/;

const marked = (lines: readonly string[], mark: RegExp): string | undefined =>
  lines
    .find((line) => mark.test(line) && !legend.test(line) && !bracket.test(line))
    ?.replace(mark, '')
    .trim()
    .replace(/,$/, '');

/** What a matcher expected, and what it was given: named in one line each, or the first lines of a difference. */
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

/** The last exchange shown of it, as `exchangeInBytes` of harness/jest/verdict/outcome.ts writes one. */
function exchangeOf(lines: readonly string[]): string[] {
  const at = lines.findLastIndex((line) => /^ +sent +/.test(line));
  if (at < 0) return [];
  const sent = lines[at]!.replace(/^ +sent +/, '');
  const received = /^ +received ?(.*)$/.exec(lines[at + 1] ?? '')?.[1];
  const answer = received === undefined ? '' : `, received ${shortened(received || 'nothing', MOST_PART)}`;
  return [`sent ${shortened(sent, MOST_PART)}${answer}`];
}

/** The clauses that a test judges, as many as one line bears. */
const named = (clauses: readonly string[]): string =>
  clauses.slice(0, MOST_IDS).join(' ') + (clauses.length > MOST_IDS ? ` ${cutMark}` : '');

/** What a sentence is made from: of a test's record, or of its end. */
interface Judged {
  readonly clauses: readonly string[];
  readonly reason?: string | undefined;
}

/**
 * Why a test did not pass, in one sentence: its clauses, what was expected in short, and the exchange that
 * disappointed. For whoever shows one line: viewers of JUnit, the progress of a run.
 */
export function sentenceOf({ clauses, reason }: Judged): string {
  const all = (reason ?? 'no reason was recorded').split('\n');
  const begun = heading.test(all[0]!) ? all.slice(1) : all;
  const end = begun.indexOf(secondAttempt);
  const lines = end < 0 ? begun : begun.slice(0, end);
  const what = expectation(lines) ?? lines.find((line) => line.trim() !== '') ?? '';
  const how = begun === all ? '' : `${all[0]!} `;
  // A search says itself which of them it found not to hold.
  const tells = clauses.length === 0 || clauses.some((id) => what.startsWith(`${id}: `));
  const ids = tells ? '' : `${named(clauses)}: `;
  return shortened([`${ids}${how}${what}`, ...exchangeOf(lines)].join('; '), MOST);
}
