import type { Exchange } from '../../harness/jest/suite.ts';

/** The error numbers of 27.005 §3.2.5. */
const isOf27005 = (code: number): boolean => code >= 300 && code <= 512;

/**
 * Whether an error has one of the forms of the note, `ERROR` and `+CME ERROR: <err>` (clause ERR-FORM). The note lists
 * the codes of 27.005 under CME, but modules usually report them as `+CMS ERROR`: that is accepted with one of these
 * codes or with a text, and counted with `isCms`. Exactly one blank follows the colon, as the note and 27.007 §9.2
 * define the line; the BC26 manual's examples without it concern other answers.
 */
export function hasErrorForm({ final }: Pick<Exchange, 'final'>): boolean {
  if (final.kind === 'ERROR') return true;
  if (!/^\+CM[ES] ERROR: [^ ]/.test(final.text)) return false;
  return final.kind !== 'CMS' || final.code === undefined || isOf27005(final.code);
}

/** Whether an error is a `+CMS ERROR` (27.005), a form that the note does not print. */
export const isCms = ({ final }: Pick<Exchange, 'final'>): boolean => final.kind === 'CMS';
