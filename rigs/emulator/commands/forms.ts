import { refused } from '../module/answers.ts';
import type { Answer, Call, Handler, Module } from '../module/handler.ts';

interface Forms {
  readonly execute?: Handler;
  readonly read?: Handler;
  readonly test?: Handler;
  readonly write?: Handler;
}

/**
 * Makes one handler of a command's forms. The answer to a missing form is plain `ERROR`, as to an unknown command
 * (TRANSCRIPTS.md §15).
 */
export const withForms =
  (forms: Forms): Handler =>
  (call, module) =>
    forms[call.form]?.(call, module) ?? refused();

export const always =
  (answer: Answer): Handler =>
  () =>
    answer;

/** The 27.007 §9.2 codes that these commands use. */
export const cme = { notAllowed: 3, simNotInserted: 10, incorrectParameters: 50 } as const;

/** Reads a parameter as one of a few whole numbers; undefined: it is none of them. */
export function oneOf(text: string | undefined, allowed: readonly number[]): number | undefined {
  if (text === undefined || !/^\d{1,7}$/.test(text)) return undefined;
  const value = Number(text);
  return allowed.includes(value) ? value : undefined;
}

/**
 * A write form with one whole number.
 * @param allowed the accepted numbers
 * @param apply does what the command is for
 */
export const writeNumber =
  (allowed: readonly number[], apply: (value: number, module: Module) => void): Handler =>
  (call: Call, module: Module) => {
    const value = oneOf(call.parameters.trim(), allowed);
    if (value === undefined) return refused(cme.incorrectParameters);
    apply(value, module);
    return { lines: [], result: 'OK' };
  };
