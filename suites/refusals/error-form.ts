import type { Exchange } from '../../harness/jest/suite.ts';

/** The numbers that 27.005 §3.2.5 has for its errors. */
const isOf27005 = (code: number): boolean => code >= 300 && code <= 512;

/**
 * Whether an error has one of the forms of the note, `ERROR` and `+CME ERROR: <err>` (clause ERR-FORM). The note
 * lists the codes of 27.005 among its own though it says CME: `+CMS ERROR` with one of those, or with a text, is
 * ordinary practice and let through; `isCms` tells, for the record. One blank stands after the colon, as the note and
 * 27.007 §9.2 define the line; that the BC26 manual's own examples vary in it concerns other answers.
 */
export function hasErrorForm({ final }: Pick<Exchange, 'final'>): boolean {
  if (final.kind === 'ERROR') return true;
  if (!/^\+CM[ES] ERROR: [^ ]/.test(final.text)) return false;
  return final.kind !== 'CMS' || final.code === undefined || isOf27005(final.code);
}

/** Whether an error is one of 27.005, which the note does not print. */
export const isCms = ({ final }: Pick<Exchange, 'final'>): boolean => final.kind === 'CMS';
