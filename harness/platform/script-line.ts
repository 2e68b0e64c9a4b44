import { HilError } from '../base/error.ts';
import { escapeText, shortened } from '../base/escape.ts';
import { didYouMean } from '../base/nearest.ts';
import { parseAnswer, parseReadAnswer, type WrittenAnswer } from './answer-text.ts';
import type { Answering, Platform } from './platform.ts';

/** The part of the platform that a line can change. */
export type AnswerSettings = Pick<
  Platform,
  'answerRegister' | 'answerUpdate' | 'answerDeregister' | 'answerRead' | 'resetAnswers'
>;

const scriptedSteps = ['register', 'update', 'deregister', 'read'] as const;

type ScriptedStep = (typeof scriptedSteps)[number];

/** How many characters of a wrong line an error shows. */
const MAX_SHOWN = 60;

/**
 * Carries out a line such as `register 4.03`, `read silence*2` or `rules`. It holds from the next request on.
 * @returns what has changed, in words
 * @throws USAGE for any other line; then nothing has changed
 */
export function carryOutLine(line: string, platform: AnswerSettings): string {
  const [verb = '', ...words] = line.trim().split(/\s+/);
  if (verb === 'rules' && words.length === 0) {
    platform.resetAnswers();
    return 'every step by the rules';
  }
  const step = scriptedSteps.find((name) => name === verb);
  const [text] = words;
  if (step && text !== undefined && words.length === 1) return setAnswer(step, text, platform);
  throw new HilError(
    'USAGE',
    `"${escapeText(shortened(line.trim(), MAX_SHOWN))}" is not a line for the platform${step ? '' : didYouMean(verb, [...scriptedSteps, 'rules', 'help'])}`,
    {
      remedy: `write a step (${scriptedSteps.join(', ')}) and its answer, such as register 4.03; or rules, help`,
    },
  );
}

function setAnswer(step: ScriptedStep, text: string, platform: AnswerSettings): string {
  const times = setAnswerOf[step](text, platform);
  return `${step}: ${text.replace(/\*.*$/, '')}, ${times > 0 ? `for the next ${times}` : 'until changed'}`;
}

/** Sets the answer of a step from a text; returns for how many requests it holds, 0 for until changed. */
const setAnswerOf: Readonly<Record<ScriptedStep, (text: string, platform: AnswerSettings) => number>> = {
  register: (text, { answerRegister }) => applyAnswer(answerRegister, parseAnswer(text)),
  update: (text, { answerUpdate }) => applyAnswer(answerUpdate, parseAnswer(text)),
  deregister: (text, { answerDeregister }) => applyAnswer(answerDeregister, parseAnswer(text)),
  read: (text, { answerRead }) => applyAnswer(answerRead, parseReadAnswer(text)),
};

/** Sets how a step is answered from now on; returns for how many requests, 0 for until changed. */
export function applyAnswer<A>(answering: Answering<A>, { answer, times }: WrittenAnswer<A>): number {
  if (times > 0) answering.times(times, answer);
  else answering.always(answer);
  return times;
}
