import type { ErrorForm } from '../settings/spec.ts';
import type { Answer } from './handler.ts';

/** Information lines, then `OK`. */
export const ok = (...lines: string[]): Answer => ({ lines, result: 'OK' });

/** An error: with a code `+CME ERROR`, without one plain `ERROR`. */
export const refused = (code?: number): Answer => ({ lines: [], result: { error: code } });

/** The error answer that a setting asks for. */
export const refusedAs = (form: ErrorForm): Answer => refused(form === 'ERROR' ? undefined : form);

export const isRefused = (answer: Answer): boolean => typeof answer.result === 'object';
