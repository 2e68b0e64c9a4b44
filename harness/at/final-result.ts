import type { FinalResult } from './exchange.ts';

/** 27.007 §9.2, 27.005 §3.2.5. What follows the colon is for the clauses to judge (ERR-FORM), not for us. */
const extendedError = /^\+CM([ES]) ERROR(?::[ ]*(.*))?$/s;

/**
 * @returns the final result that `line` is, or undefined. `CLOSE OK`, `SEND OK` and the like are none: they
 * come after the final result, unasked (TRANSCRIPTS.md §18).
 */
export function finalResult(line: string): FinalResult | undefined {
  if (line === 'OK') return { kind: 'OK', text: line };
  if (line === 'ERROR') return { kind: 'ERROR', text: line };
  const match = extendedError.exec(line);
  if (!match) return undefined;
  return { kind: match[1] === 'E' ? 'CME' : 'CMS', text: line, code: decimal(match[2] ?? '') };
}

/** Vendor codes go beyond 999 (TRANSCRIPTS.md §19): any whole number a double holds exactly. */
const decimal = (text: string): number | undefined => (/^\d{1,15}$/.test(text) ? Number(text) : undefined);
