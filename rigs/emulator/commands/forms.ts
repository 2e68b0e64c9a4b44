import { refused } from '../module/answers.ts';
import type { Answer, Call, Handler, Module } from '../module/handler.ts';

/** The forms a command has; one it has not is an error. */
interface Forms {
  readonly execute?: Handler;
  readonly read?: Handler;
  readonly test?: Handler;
  readonly write?: Handler;
}

/**
 * One handler out of a command's forms. A form the command has not is answered plain `ERROR`, as a command
 * that does not exist (TRANSCRIPTS.md §15).
 */
export const withForms =
  (forms: Forms): Handler =>
  (call, module) =>
    forms[call.form]?.(call, module) ?? refused();

/** Always the same answer. */
export const always =
  (answer: Answer): Handler =>
  () =>
    answer;

/** The 27.007 §9.2 codes that these commands use. */
export const cme = { notAllowed: 3, simNotInserted: 10, incorrectParameters: 50 } as const;

/** A parameter that has to be one of a few whole numbers; undefined when it is not. */
export function oneOf(text: string | undefined, allowed: readonly number[]): number | undefined {
  if (text === undefined || !/^\d{1,7}$/.test(text)) return undefined;
  const value = Number(text);
  return allowed.includes(value) ? value : undefined;
}

/**
 * A write form of one whole number.
 * @param allowed what it may be; anything else is refused
 * @param take what is done with it
 */
export const writeNumber =
  (allowed: readonly number[], take: (value: number, module: Module) => void): Handler =>
  (call: Call, module: Module) => {
    const value = oneOf(call.parameters.trim(), allowed);
    if (value === undefined) return refused(cme.incorrectParameters);
    take(value, module);
    return { lines: [], result: 'OK' };
  };
