import { type ErrorCode, isHilError } from '../../base/error.ts';
import type { Outcome } from './outcome.ts';

/** How many failures of a run are run again: a module that fails everything is failing, not flaky. */
export const MOST_CONFIRMATIONS = 20;

/** How much of one attempt's reason is kept, characters: four exchanges of the longest command, and clauses' words. */
const MOST_REASON = 8_000;

/** What happened once has happened: a limit that was passed, a restart nobody asked for. */
const final: ReadonlySet<ErrorCode> = new Set([
  'AT_TIMEOUT',
  'AT_RAN_ON',
  'CLAUSE_DEADLINE',
  'UNEXPECTED_RESET',
  'REBOOT_FAILED',
]);
const finalClauses: ReadonlySet<string> = new Set(['CFG-TIME', 'EX-TIME', 'BOOT-ALIVE']);

/** A generator's findings wrap what a body threw; five deep is more than any does. */
function hasFinalCause(thrown: unknown, depth = 5): boolean {
  if (depth === 0 || typeof thrown !== 'object' || thrown === null) return false;
  if (isHilError(thrown) && final.has(thrown.code)) return true;
  return 'cause' in thrown && hasFinalCause(thrown.cause, depth - 1);
}

/** What a first attempt that failed showed. */
interface FirstAttempt {
  readonly clauses: readonly string[];
  /** What its body threw. */
  readonly thrown: unknown;
  /** How often the module restarted in it though nobody asked for it. */
  readonly restarts: number;
  /** Whether it judged what had happened before it (`ClauseOptions.hindsight`). */
  readonly hindsight: boolean;
}

/** Whether a failed test is run again, after its module was brought back to the state a test begins with. */
export const mayBeFlaky = ({ clauses, thrown, restarts, hindsight }: FirstAttempt): boolean =>
  !hindsight && restarts === 0 && !hasFinalCause(thrown) && !clauses.some((id) => finalClauses.has(id));

/** An outcome whose reason has a bounded length. */
export function bounded(outcome: Outcome): Outcome {
  const { reason = '' } = outcome;
  const more = reason.length - MOST_REASON;
  if (more <= 0) return outcome;
  return { ...outcome, reason: `${reason.slice(0, MOST_REASON)}\n… ${more} more characters` };
}

/**
 * A failure and what came of running the test again. Failed twice is fail, failed once is flaky: a failure is never
 * retried into a pass. Where the rig failed the second attempt, or a limit was too near to be judged, nothing is said.
 * A second attempt that never came to judge (its writes were spent, the run was stopped) says nothing of the first: the
 * failure stands, as one does that is not run again at all.
 */
export function confirmed(first: Outcome, second: Outcome): Outcome {
  const before = first.reason ?? 'no reason was kept';
  const after = besides(second.reason ?? 'no reason was kept', before);
  switch (second.verdict) {
    case 'pass':
    case 'observed':
      return { verdict: 'flaky', reason: `failed once, and passed when it was run again:\n${before}` };
    case 'fail':
      return { verdict: 'fail', reason: `${before}\nfailed again when it was run again:\n${after}` };
    case 'rig-error':
    case 'inconclusive':
    case 'flaky':
      return unconfirmed(second.verdict, before, after);
    case 'not-run':
      return unrepeated(first, after);
  }
}

const unconfirmed = (
  verdict: 'rig-error' | 'inconclusive' | 'flaky',
  before: string,
  after: string,
): Outcome => ({
  verdict,
  reason: `failed once, and came to no verdict when it was run again:\n${after}\nthe failure:\n${before}`,
});

/** Why a failure is not run again after `MOST_CONFIRMATIONS` others were. */
export const tooMany = `${MOST_CONFIRMATIONS} failures of this run were`;

/** A failure that stands as it is, since it could not be run again. */
export const unrepeated = (first: Outcome, why: string): Outcome => ({
  ...first,
  reason: `${first.reason ?? 'no reason was kept'}\nnot run again: ${why}`,
});

/** How `outcomeOf` begins the words of a clause, at the end of a reason. */
const clauseWords = /^[A-Z][A-Z0-9-]* \([SEIU], note /;

/** A reason without the clauses' words at its end that stand in the other, too: they need no saying twice. */
function besides(reason: string, other: string): string {
  const lines = reason.split('\n');
  const others = new Set(other.split('\n'));
  const said = (line = ''): boolean => clauseWords.test(line) && others.has(line);
  while (said(lines.at(-1))) lines.pop();
  return lines.join('\n');
}
