import type { Verdict } from '../../../reports/record/verdict.ts';

/** What a body throws to end without a verdict on the module; recognized by its shape, since realms differ. */
export interface Undecided {
  readonly undecided: Extract<Verdict, 'inconclusive' | 'not-run'>;
  readonly reason: string;
}

export const isUndecided = (thrown: unknown): thrown is Undecided =>
  typeof thrown === 'object' && thrown !== null && 'undecided' in thrown;

/** Ends a test that can decide neither pass nor fail; `reason` is shown. */
export function inconclusive(reason: string): never {
  return end({ undecided: 'inconclusive', reason });
}

/** Ends a test that could not judge anything; `reason` is shown. */
export function notRun(reason: string): never {
  return end({ undecided: 'not-run', reason });
}

function end(undecided: Undecided): never {
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- not an error: no test has failed, and a stack is of no use
  throw undecided;
}
