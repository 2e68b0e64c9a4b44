import { HilError } from '../base/error.ts';
import { escapeText } from '../base/escape.ts';
import type { Answer } from './script.ts';

/** An answer as it is written on a command line, and for how many requests it holds; 0: until changed. */
export interface WrittenAnswer {
  readonly answer: Answer;
  readonly times: number;
}

/** What `parseAnswer` understands, for the help text. */
export const answerGrammar =
  'normal, a code (4.03), silence, empty-ack, reset, wrong-token, twice, separate; ' +
  'joined by + where that makes sense (separate+4.03+delay=500); *N at the end: for the next N requests only';

interface Words {
  code?: string;
  delayMs?: number;
  token?: 'wrong';
  copies?: number;
  how: Answer['how'];
}

/**
 * An answer from the command line, e.g. `4.03`, `silence*2`, `separate+delay=500`.
 * @throws USAGE for words it does not know, or that exclude each other
 */
export function parseAnswer(text: string): WrittenAnswer {
  const [, words = '', count] = /^(.*?)(?:\*(\d{1,6}))?$/s.exec(text) ?? [];
  const answer = answerFrom(words.split('+'));
  const times = count === undefined ? 0 : Number(count);
  if (!answer || count === '0') {
    throw new HilError('USAGE', `"${escapeText(text)}" is no answer the platform can give`, {
      remedy: `write ${answerGrammar}`,
    });
  }
  return { answer, times };
}

function answerFrom(words: readonly string[]): Answer | undefined {
  const read: Words = { how: 'piggybacked' };
  for (const word of words) if (!readWord(word, read)) return undefined;
  const { how, ...rest } = read;
  const told = Object.keys(rest);
  // Each `how` with what may be said of it; the other words would have no effect, so they are refused.
  const fits = (...allowed: string[]): boolean => told.every((key) => allowed.includes(key));
  switch (how) {
    case 'silence':
      return fits() ? { how } : undefined;
    case 'empty-ack':
    case 'reset':
      return fits('delayMs') ? { how, ...rest } : undefined;
    case 'separate':
      return fits('code', 'delayMs', 'token') ? { how, ...rest } : undefined;
    case 'piggybacked':
      return { how, ...rest };
  }
}

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
