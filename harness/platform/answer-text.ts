import { HilError } from '../base/error.ts';
import { escapeText, shortened } from '../base/escape.ts';
import type { Answer, ReadAnswer } from './coap/script.ts';

/** An answer as it is written on a command line, and for how many requests it holds; 0: until changed. */
export interface Written<A> {
  readonly answer: A;
  readonly times: number;
}

/** What `parseAnswer` understands, in one line. */
const answerGrammar =
  'normal, a code (4.03), silence, empty-ack, delay=MS, reset, wrong-token, twice, separate; ' +
  'joined by + where that makes sense (separate+4.03+delay=500); *N at the end: for the next N requests only';

/** What `parseReadAnswer` understands, in one line. */
const readAnswerGrammar =
  'normal, silence, delay=MS, reset, twice; delay and twice joined by +; *N at the end: for the next N only ' +
  '(it is an ACK, which has neither code nor token)';

/** The most of a wrong text that an error shows: more than any right one is long. */
const MOST_SHOWN = 60;

/**
 * An answer from the command line, e.g. `4.03`, `silence*2`, `separate+delay=500`.
 * @throws USAGE for words it does not know, or that exclude each other
 */
export const parseAnswer = (text: string): Written<Answer> => parse(text, answerFrom, answerGrammar);

/**
 * What a client's separate response to a read gets, e.g. `silence`, `delay=500+twice*2`.
 * @throws USAGE for words it does not know, or that exclude each other
 */
export const parseReadAnswer = (text: string): Written<ReadAnswer> =>
  parse(text, readAnswerFrom, readAnswerGrammar);

function parse<A>(
  text: string,
  from: (words: readonly string[]) => A | undefined,
  grammar: string,
): Written<A> {
  const [, words = '', count] = /^(.*?)(?:\*(\d{1,6}))?$/s.exec(text) ?? [];
  const answer = from(words.split('+'));
  const times = count === undefined ? 0 : Number(count);
  if (!answer || count === '0') {
    throw new HilError(
      'USAGE',
      `"${escapeText(shortened(text, MOST_SHOWN))}" is no answer the platform can give`,
      {
        remedy: `write ${grammar}`,
      },
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

function wordsOf(words: readonly string[]): Words | undefined {
  const read: Words = { how: 'piggybacked' };
  for (const word of words) if (!readWord(word, read)) return undefined;
  return read;
}

function answerFrom(words: readonly string[]): Answer | undefined {
  const read = wordsOf(words);
  if (!read) return undefined;
  const { how, ...rest } = read;
  switch (how) {
    case 'silence':
      return onlyWith(rest) ? { how } : undefined;
    case 'empty-ack':
    case 'reset':
      return onlyWith(rest, 'delayMs') ? { how, ...rest } : undefined;
    case 'separate':
      return onlyWith(rest, 'code', 'delayMs', 'token') ? { how, ...rest } : undefined;
    case 'piggybacked':
      return { how, ...rest };
  }
}

function readAnswerFrom(words: readonly string[]): ReadAnswer | undefined {
  const read = wordsOf(words);
  if (!read) return undefined;
  const { how, delayMs, copies, ...rest } = read;
  const acknowledged = {
    ...(delayMs === undefined ? {} : { delayMs }),
    ...(copies === undefined ? {} : { copies }),
  };
  if (!onlyWith(rest)) return undefined;
  if (how === 'piggybacked') return { how: 'acknowledge', ...acknowledged };
  return (how === 'silence' || how === 'reset') && onlyWith(acknowledged) ? { how } : undefined;
}

/** Whether nothing else is said: other words would have no effect, so they are refused. */
const onlyWith = (said: object, ...allowed: string[]): boolean =>
  Object.keys(said).every((key) => allowed.includes(key));

function readWord(word: string, into: Words): boolean {
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
