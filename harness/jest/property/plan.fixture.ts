import fc from 'fast-check';

import type { Findings } from './findings.ts';
import type { PropertyPlan, Spending } from './search.ts';

const lines = fc.array(fc.constantFrom('AT+QDMPCFG=0,1', 'AT+QDMPCFG=4,0', 'AT+QDMPCFG=0,7', 'ATI'), {
  minLength: 1,
  maxLength: 8,
  size: 'max',
});

/** @param starting writes for reaching the states to start from */
export const spending = (writes: number, starting = 0): Spending => ({
  inputs: { writes, reboots: 0 },
  starting: { writes: starting, reboots: 0 },
});

/** A property of the commands' answers: none is BROKEN. */
export const plan = (own: Partial<PropertyPlan<string[], number>> = {}): PropertyPlan<string[], number> => ({
  inputs: lines,
  runs: 20,
  costs: { exploring: spending(1_000), total: spending(2_000) },
  ...{ withinMs: 1_000, shorteningMs: 1_000 },
  reachState: (wanted) => Promise.resolve(wanted ?? 0),
  linesOf: (from) => [`AT+QDMPCFG=0,${from}`],
  async check(input, _from, dialogue, judge) {
    for (const line of input) {
      const { final } = await dialogue.at(line);
      judge('ERR-FORM', final.text !== 'BROKEN', () => ({ what: line, expected: 'OK', got: final.text }));
    }
  },
  finish: () => Promise.resolve(),
  ...own,
});

/** The message or verdict that `judge` throws. */
export function verdict(findings: Findings, clause: string): string {
  try {
    findings.judge([clause]);
    return 'pass';
  } catch (thrown) {
    const { message, undecided } = thrown as { message?: string; undecided?: string };
    return message ?? undecided ?? '';
  }
}
