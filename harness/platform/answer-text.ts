import { HilError } from '../base/error.ts';
import { escapeText, shortened } from '../base/escape.ts';
import { didYouMean } from '../base/nearest.ts';
import type { Answer, ReadAnswer } from './coap/script.ts';

/** An answer from the command line, and for how many requests it holds; 0 means until it is changed. */
export interface WrittenAnswer<A> {
  readonly answer: A;
  readonly times: number;
}

/** What `parseAnswer` accepts, on one line. */
const answerGrammar =
  'normal, a code (4.03), silence, empty-ack, delay=MS, reset, wrong-token, twice, separate; ' +
  'join them with + where that makes sense (separate+4.03+delay=500); *N at the end: for the next N requests only';

/** What `parseReadAnswer` accepts, on one line. */
const readAnswerGrammar =
  'normal, silence, delay=MS, reset, twice; join delay and twice with +; *N at the end: for the next N only ' +
  '(the answer is an ACK, which has neither code nor token)';

/** The words of an answer; a delay and a code have a form of their own. */
const words = ['normal', 'silence', 'empty-ack', 'reset', 'wrong-token', 'twice', 'separate'];

/** How many characters of a wrong text an error shows: more than any correct text has. */
const MAX_SHOWN = 60;

/**
 * Parses an answer from the command line: `4.03`, `silence*2`, `separate+delay=500`.
 * @throws USAGE for unknown words, and for words that exclude each other
 */
export const parseAnswer = (text: string): WrittenAnswer<Answer> => parse(text, answerFrom, answerGrammar);

/**
 * Parses the answer to a client's separate response to a read: `silence`, `delay=500+twice*2`.
 * @throws USAGE for unknown words, and for words that exclude each other
 */
export const parseReadAnswer = (text: string): WrittenAnswer<ReadAnswer> =>
  parse(text, readAnswerFrom, readAnswerGrammar);

function parse<A>(
  text: string,
  answerOf: (words: readonly string[]) => A | undefined,
  grammar: string,
): WrittenAnswer<A> {
  const [, written = '', count] = /^(.*?)(?:\*(\d{1,6}))?$/s.exec(text) ?? [];
  const answer = answerOf(written.split('+'));
  const times = count === undefined ? 0 : Number(count);
  if (!answer || count === '0') {
    const unknown = written.split('+').find((word) => !parseWord(word, { how: 'piggybacked' }));
    const near = unknown === undefined ? '' : didYouMean(unknown, words);
    throw new HilError(
      'USAGE',
      `"${escapeText(shortened(text, MAX_SHOWN))}" is not an answer of the platform${near}`,
      { remedy: `write ${grammar}` },
    );
  }
  return { answer, times };
}

interface Words {
  code?: string;
  delayMs?: number;
  token?: 'wrong';
  copies?: number;
  how: Answer['how'];
}

function parseWords(words: readonly string[]): Words | undefined {
  const parsed: Words = { how: 'piggybacked' };
  for (const word of words) if (!parseWord(word, parsed)) return undefined;
  return parsed;
}

function answerFrom(words: readonly string[]): Answer | undefined {
  const parsed = parseWords(words);
  if (!parsed) return undefined;
  const { how, ...rest } = parsed;
  switch (how) {
    case 'silence':
      return hasOnly(rest) ? { how } : undefined;
    case 'empty-ack':
    case 'reset':
      return hasOnly(rest, 'delayMs') ? { how, ...rest } : undefined;
    case 'separate':
      return hasOnly(rest, 'code', 'delayMs', 'token') ? { how, ...rest } : undefined;
    case 'piggybacked':
      return { how, ...rest };
  }
}

function readAnswerFrom(words: readonly string[]): ReadAnswer | undefined {
  const parsed = parseWords(words);
  if (!parsed) return undefined;
  const { how, delayMs, copies, ...rest } = parsed;
  const acknowledged = {
    ...(delayMs === undefined ? {} : { delayMs }),
    ...(copies === undefined ? {} : { copies }),
  };
  if (!hasOnly(rest)) return undefined;
  if (how === 'piggybacked') return { how: 'acknowledge', ...acknowledged };
  return (how === 'silence' || how === 'reset') && hasOnly(acknowledged) ? { how } : undefined;
}

/** Whether there are no other words than these: others would have no effect, so they are refused. */
const hasOnly = (details: object, ...allowed: string[]): boolean =>
  Object.keys(details).every((key) => allowed.includes(key));

function parseWord(word: string, into: Words): boolean {
  const delay = /^delay=(\d{1,7})$/.exec(word)?.[1];
  if (delay !== undefined) into.delayMs = Number(delay);
  else if (/^[245]\.(?:[0-2]\d|3[01])$/.test(word)) into.code = word;
  else if (word === 'wrong-token') into.token = 'wrong';
  else if (word === 'twice') into.copies = 2;
  else if (isHow(word)) into.how = word;
  else return word === 'normal';
  return true;
}

const isHow = (word: string): word is Exclude<Answer['how'], 'piggybacked'> =>
  ['silence', 'empty-ack', 'reset', 'separate'].includes(word);
