import { HilError } from '../base/error.ts';
import { escapeText, shortened } from '../base/escape.ts';
import { parseAnswer, parseReadAnswer, type Written } from './answer-text.ts';
import type { Answering, Platform } from './platform.ts';

/** What a line can change. */
export type Scripted = Pick<
  Platform,
  'answerRegister' | 'answerUpdate' | 'answerDeregister' | 'answerRead' | 'byTheRules'
>;

/** The steps that have an answer of their own, as lines and options name them. */
export const scriptedSteps = ['register', 'update', 'deregister', 'read'] as const;

export type ScriptedStep = (typeof scriptedSteps)[number];

/** The most of a wrong line that an error shows. */
const MOST_SHOWN = 60;

/**
 * Carries out a line such as `register 4.03`, `read silence*2` or `rules`; it holds from the next request on.
 * @returns what has changed, in words
 * @throws USAGE for a line that says nothing; nothing has changed then
 */
export function carryOutLine(line: string, platform: Scripted): string {
  const [verb = '', ...words] = line.trim().split(/\s+/);
  if (verb === 'rules' && words.length === 0) {
    platform.byTheRules();
    return 'every step by the rules';
  }
  const step = scriptedSteps.find((name) => name === verb);
  const [text] = words;
  if (step && text !== undefined && words.length === 1) return setAnswer(step, text, platform);
  throw new HilError(
    'USAGE',
    `"${escapeText(shortened(line.trim(), MOST_SHOWN))}" is no line for the platform`,
    {
      remedy: `write a step (${scriptedSteps.join(', ')}) and its answer, such as register 4.03; or rules, help`,
    },
  );
}

function setAnswer(step: ScriptedStep, text: string, platform: Scripted): string {
  const times = answers[step](text, platform);
  return `${step}: ${text.replace(/\*.*$/, '')}, ${times > 0 ? `for the next ${times}` : 'until changed'}`;
}

/** For each step: sets the answer that a text says, and returns for how many requests it holds. */
const answers: Readonly<Record<ScriptedStep, (text: string, platform: Scripted) => number>> = {
  register: (text, { answerRegister }) => apply(answerRegister, parseAnswer(text)),
  update: (text, { answerUpdate }) => apply(answerUpdate, parseAnswer(text)),
  deregister: (text, { answerDeregister }) => apply(answerDeregister, parseAnswer(text)),
  read: (text, { answerRead }) => apply(answerRead, parseReadAnswer(text)),
};

/** Sets how a step is answered from now on; returns for how many requests, 0 for until changed. */
export function apply<A>(answering: Answering<A>, { answer, times }: Written<A>): number {
  if (times > 0) answering.times(times, answer);
  else answering.always(answer);
  return times;
}
