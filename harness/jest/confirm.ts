import type { ErrorCode } from '../base/error.ts';
import { isHilError } from '../base/error.ts';
import type { Outcome } from './outcome.ts';

/** How many failures of a run are run again: a module that fails everything is failing, not flaky. */
export const MOST_CONFIRMATIONS = 20;

/** What happened once has happened: a limit that was passed, a restart nobody asked for. */
const final: ReadonlySet<ErrorCode> = new Set([
  'AT_TIMEOUT',
  'AT_RAN_ON',
  'CLAUSE_DEADLINE',
  'UNEXPECTED_RESET',
  'REBOOT_FAILED',
]);
const finalClauses: ReadonlySet<string> = new Set(['CFG-TIME', 'EX-TIME', 'BOOT-ALIVE']);

/**
 * Whether a failed test is run again, after its module was brought back to the state a test begins with.
 * @param thrown what its body threw
 */
export const mayBeFlaky = (clauses: readonly string[], thrown: unknown): boolean =>
  !(isHilError(thrown) && final.has(thrown.code)) && !clauses.some((id) => finalClauses.has(id));

/**
 * A failure and what came of running the test again. Failed twice is fail, failed once is flaky: a failure
 * is never retried into a pass.
 */
export function confirmed(first: Outcome, second: Outcome): Outcome {
  const before = first.reason ?? 'no reason was kept';
  switch (second.verdict) {
    case 'pass':
    case 'observed':
      return { verdict: 'flaky', reason: `failed once, and passed when it was run again:\n${before}` };
    case 'fail':
      return {
        verdict: 'fail',
        reason: `${before}\nfailed again when it was run again: ${firstLine(second)}`,
      };
    default:
      return {
        verdict: 'fail',
        reason: `${before}\nnot confirmed (${second.verdict}): ${firstLine(second)}`,
      };
  }
}

const firstLine = ({ reason = '' }: Outcome): string => reason.split('\n', 1)[0] ?? '';
