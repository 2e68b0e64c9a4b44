import { refused } from '../module/answers.ts';
import type { Answer } from '../module/handler.ts';
import type { ErrorForm } from '../settings/spec.ts';

/** The error answer a setting asks for. */
export const refusedAs = (form: ErrorForm): Answer => refused(form === 'ERROR' ? undefined : form);
