import { type ErrorCode, isHilError } from '../../base/error.ts';
import { disappointmentOf } from './expectation.ts';
import type { Outcome } from './outcome.ts';

/** How many failed tests of a run are run again: a module that fails everything is failing, not flaky. */
export const MOST_CONFIRMATIONS = 20;

/** How much of one attempt's reason is kept, characters: four exchanges of the longest command, and clauses' texts. */
const MOST_REASON = 8_000;

/** Errors that one occurrence proves: a limit was exceeded, or the module restarted unexpectedly. */
const finalCodes: ReadonlySet<ErrorCode> = new Set([
  'AT_TIMEOUT',
  'AT_RAN_ON',
  'CLAUSE_DEADLINE',
  'UNEXPECTED_RESET',
  'REBOOT_FAILED',
]);
const finalClauses: ReadonlySet<string> = new Set(['CFG-TIME', 'EX-TIME', 'BOOT-ALIVE']);

/** A generator wraps what a body throws; no generator wraps it five times. */
function hasFinalCause(thrown: unknown, depth = 5): boolean {
  if (depth === 0 || typeof thrown !== 'object' || thrown === null) return false;
  if (isHilError(thrown) && finalCodes.has(thrown.code)) return true;
  return 'cause' in thrown && hasFinalCause(thrown.cause, depth - 1);
}

/** What a failed first attempt showed. */
interface FirstAttempt {
  readonly clauses: readonly string[];
  readonly thrown: unknown;
  /** How often the module restarted unexpectedly during it. */
  readonly restarts: number;
  /** Whether it judged what had happened before it (`ClauseOptions.hindsight`). */
  readonly hindsight: boolean;
}

/** Whether a failed test is run again. */
export const mayBeFlaky = ({ clauses, thrown, restarts, hindsight }: FirstAttempt): boolean =>
  !hindsight &&
  restarts === 0 &&
  !hasFinalCause(thrown) &&
  !disappointmentOf(thrown)?.proven &&
  !clauses.some((id) => finalClauses.has(id));

/** Cuts a reason that is longer than `MOST_REASON`. */
export function withBoundedReason(outcome: Outcome): Outcome {
  const { reason = '' } = outcome;
  const more = reason.length - MOST_REASON;
  if (more <= 0) return outcome;
  return { ...outcome, reason: `${reason.slice(0, MOST_REASON)}\n… ${more} more characters` };
}

/**
 * The outcome of a failed test that was run again. Failed twice is `fail`, failed once is `flaky`: a failure never
 * becomes a pass. If the rig failed the second attempt, or a limit was too close to judge, the test has no verdict. If
 * the second attempt did not judge (no writes left, the run was stopped), the first failure stands.
 */
export function combineAttempts(first: Outcome, second: Outcome): Outcome {
  const before = first.reason ?? 'no reason was recorded';
  const after = withoutSharedClauses(second.reason ?? 'no reason was recorded', before);
  switch (second.verdict) {
    case 'pass':
    case 'observed':
      return { verdict: 'flaky', reason: `failed once, and passed when it was run again:\n${before}` };
    case 'fail':
      return { verdict: 'fail', reason: `${before}\nfailed again when it was run again:\n${after}` };
    case 'rig-error':
    case 'inconclusive':
    case 'flaky':
      return {
        verdict: second.verdict,
        reason: `failed once, and came to no verdict when it was run again:\n${after}\nthe failure:\n${before}`,
      };
    case 'not-run':
      return unrepeated(first, after);
  }
}

/**
 * The outcome of a test that did not fail again by itself, and was run a third time from the history of its first attempt.
 * @param combined the outcome of the first two
 */
export function combineThird(combined: Outcome, third: Outcome): Outcome {
  const before = combined.reason ?? 'no reason was recorded';
  const after = withoutSharedClauses(third.reason ?? 'no reason was recorded', before);
  switch (third.verdict) {
    case 'pass':
    case 'observed':
      return { verdict: 'flaky', reason: `passed from the same history, too; ${before}` };
    case 'fail':
      return {
        ...third,
        reason: `${before}
failed again from the same history:
${after}`,
      };
    case 'rig-error':
    case 'inconclusive':
    case 'flaky':
      return {
        verdict: third.verdict,
        reason: `came to no verdict when it was run again from the same history:
${after}
before that it ${before}`,
      };
    case 'not-run':
      return {
        ...combined,
        reason: `${before}
not run again from the same history: ${after}`,
      };
  }
}

/** Why a failed test is not run again after `MOST_CONFIRMATIONS` others. */
export const tooMany = `${MOST_CONFIRMATIONS} failures of this run were`;

/** A failure that stands because the test could not be run again. */
export const unrepeated = (first: Outcome, why: string): Outcome => ({
  ...first,
  reason: `${first.reason ?? 'no reason was recorded'}\nnot run again: ${why}`,
});

/** How `outcomeOf` begins the text of a clause, at the end of a reason. */
const clauseText = /^[A-Z][A-Z0-9-]* \([SEIU], note /;

/** Drops the clauses' texts at the end of a reason if the other reason has them, too. */
function withoutSharedClauses(reason: string, other: string): string {
  const lines = reason.split('\n');
  const others = new Set(other.split('\n'));
  const isShared = (line = ''): boolean => clauseText.test(line) && others.has(line);
  while (isShared(lines.at(-1))) lines.pop();
  return lines.join('\n');
}
