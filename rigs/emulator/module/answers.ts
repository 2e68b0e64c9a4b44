import type { Answer } from './handler.ts';

/** Information lines, then `OK`. */
export const ok = (...lines: string[]): Answer => ({ lines, result: 'OK' });

/** An error: with a code `+CME ERROR`, without one plain `ERROR`. */
export const refused = (code?: number): Answer => ({ lines: [], result: { error: code } });

/** Whether an answer is an error. */
export const isRefused = (answer: Answer): boolean => typeof answer.result === 'object';
