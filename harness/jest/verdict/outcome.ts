import type { FailureFacts } from '../../../reports/causes/failure-facts.ts';
import type { ClauseFacts } from '../../../reports/record/entry.ts';
import type { Verdict } from '../../../reports/record/verdict.ts';
import type { Exchange } from '../../at/exchange.ts';
import {
  describeError,
  type ErrorCode,
  hasCode,
  type HilError,
  isHilError,
  messageOf,
} from '../../base/error.ts';
import { escapeBytes, escapeText } from '../../base/escape.ts';
import { failureFactsOf } from './failure-facts.ts';
import { exchangesOfFailure, keepExchanges } from './shown-by.ts';
import { isUndecided } from './undecided.ts';

export interface Outcome {
  readonly verdict: Verdict;
  readonly reason?: string;
  /** What a failure was about. */
  readonly failure?: FailureFacts;
}

/** What the module should have done in the place of each of its errors. */
const expectedInstead: Readonly<Partial<Record<ErrorCode, string>>> = {
  AT_TIMEOUT: 'a final result',
  AT_REFUSED: 'OK',
  AT_ANSWER_MALFORMED: 'an answer of the form in the note',
  AT_RAN_ON: 'an answer that ends',
  UNEXPECTED_RESET: 'no restart',
  REBOOT_FAILED: 'the module back after its reboot',
  PLATFORM_TIMEOUT: 'its packets at the platform',
  CLAUSE_DEADLINE: 'the end of the test in time',
  STRANGER_AT_REBOOT: 'a saved server that may be contacted',
};

/** An error; of the module's, the first line says what was expected and what came. */
function describeFailure(error: HilError): string {
  const expected = expectedInstead[error.code];
  if (expected === undefined) return describeError(error);
  return describeError(error).replace(
    `${error.code}: `,
    () => `${error.code}: expected ${expected}, got this: `,
  );
}

/** Of a stop, only why it came: which call it met says nothing of the test. */
function describeHilError(error: HilError): string {
  if (error.code !== 'ABORTED') return describeFailure(error);
  return hasCode(error.cause, 'ABORTED') ? describeHilError(error.cause) : error.message;
}

/** The colours in Jest's matcher messages. */
const ansi = /\u001b\[[0-9;]*m/g;

/** Whether an expectation failed: Jest's own, node:assert's, or one wrapped by a generator. */
function isFailedExpectation(thrown: unknown): boolean {
  for (let error = thrown, depth = 0; typeof error === 'object' && error !== null && depth < 5; depth++) {
    if ('matcherResult' in error) return true;
    if ('code' in error && error.code === 'ERR_ASSERTION') return true;
    if ('name' in error && error.name === 'JestAssertionError') return true;
    error = 'cause' in error ? error.cause : undefined;
  }
  return false;
}

function verdictOf(thrown: unknown): Verdict {
  if (isHilError(thrown)) {
    if (thrown.blame === 'module') return 'fail';
    if (thrown.blame === 'stopped') return 'not-run';
    return 'rig-error';
  }
  // Any other error is a mistake in the suite and says nothing about the module.
  return isFailedExpectation(thrown) ? 'fail' : 'rig-error';
}

/** One exchange in bytes, as a failure shows it. */
const exchangeInBytes = (exchange: Exchange): string =>
  [
    `exchange ${exchange.number} (trace.jsonl lines ${exchange.trace[0]}–${exchange.trace[1]}, ${exchange.timing.hi.toFixed(1)} ms)`,
    `  sent     ${escapeBytes(Buffer.from(exchange.command, 'latin1'))}`,
    `  received ${escapeBytes(Buffer.from(exchange.raw, 'latin1'))}`,
  ].join('\n');

/**
 * The outcome of a body that threw: the verdict, and a reason with its evidence. The evidence of a failure is the
 * expectation, the exchanges it was about (`shownBy`) or else the last ones, in bytes, and the texts of the clauses.
 */
export function outcomeOf(
  thrown: unknown,
  evidence: { clauses: readonly ClauseFacts[]; exchanges: readonly Exchange[] },
): Outcome {
  if (isUndecided(thrown)) return { verdict: thrown.undecided, reason: escapeText(thrown.reason) };
  const verdict = verdictOf(thrown);
  const isExpected = isHilError(thrown) || isFailedExpectation(thrown);
  const what = isHilError(thrown) ? describeHilError(thrown) : messageOf(thrown).replace(ansi, '');
  const lines = [isExpected ? what : `the suite itself failed: ${stackOf(thrown)}`];
  if (verdict === 'fail') {
    keepExchanges(thrown, evidence.exchanges.slice(-2));
    lines.push(...firstInBytes(exchangesOfFailure(thrown) ?? []));
    lines.push(...evidence.clauses.map((c) => `${c.id} (${c.status}, note ${c.section}): ${c.text}`));
  }
  const reason = escapeText(lines.join('\n'));
  return verdict === 'fail' ? { verdict, reason, failure: failureFactsOf(thrown) } : { verdict, reason };
}

/** How many exchanges one failure shows: with the clauses they fit on a screen. The trace has all of them. */
const MOST_SHOWN = 4;

function firstInBytes(exchanges: readonly Exchange[]): readonly string[] {
  const more = exchanges.length - MOST_SHOWN;
  const shown = exchanges.slice(0, MOST_SHOWN).map(exchangeInBytes);
  return more > 0 ? [...shown, `and ${more} exchange${more === 1 ? '' : 's'} more`] : shown;
}

const stackOf = (thrown: unknown): string =>
  typeof thrown === 'object' && thrown !== null && 'stack' in thrown
    ? String(thrown.stack)
    : messageOf(thrown);
