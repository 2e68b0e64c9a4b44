import { readRecord } from '../../../reports/record/read-record.ts';
import type { Wanted } from '../../../reports/timeline/filter.ts';
import { momentOf } from '../../../reports/timeline/moment.ts';
import type { WallClock } from '../../../reports/timeline/wall-clock.ts';
import { HilError } from '../../base/error.ts';
import type { TraceSource } from '../../base/trace.ts';
import { matchClauses } from '../../clauses/catalogue.ts';

/** What a person asks for; null: does not matter. */
export interface TraceQuestion {
  readonly sources: readonly TraceSource[] | null;
  /** Part of a test's name. */
  readonly test: string | null;
  /** As `qualify --clause`. */
  readonly clausePattern: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly lines: readonly [number, number] | null;
}

interface TraceStart {
  readonly dir: string;
  /** The first line's time, monotonic ns. */
  readonly start: bigint;
  readonly wall: WallClock;
}

/** The tests that have a part in their names and judge one of the clauses. */
function testFilter(dir: string, { test, clausePattern }: TraceQuestion): Wanted['test'] {
  if (test === null && clausePattern === null) return undefined;
  const part = (test ?? '').toLowerCase();
  const ids = clausePattern === null ? null : new Set(matchClauses(clausePattern).map(({ id }) => id));
  const judging =
    ids &&
    new Set(
      readRecord(dir)
        .tests.filter(({ clauses }) => clauses.some((id) => ids.has(id)))
        .map(({ name }) => name),
    );
  return (name) => name.toLowerCase().includes(part) && (judging?.has(name) ?? true);
}

function moment(option: string, text: string | null, { start, wall }: TraceStart): bigint | undefined {
  if (text === null) return undefined;
  const at = momentOf(text, start, wall);
  if (at !== undefined) return at;
  throw new HilError('USAGE', `${option} '${text}' is no time`, {
    remedy:
      'write 90s or 1.5m since the start of the run, or a time in UTC as 09:05:07 or 2026-01-31T09:05:07Z',
  });
}

/**
 * Which lines of a trace a question asks for.
 * @throws USAGE, CLAUSE_UNKNOWN, RECORD_UNREADABLE
 */
export function wantedLines(trace: TraceStart, question: TraceQuestion): Wanted {
  const { sources, lines } = question;
  const test = testFilter(trace.dir, question);
  const from = moment('--from', question.from, trace);
  const to = moment('--to', question.to, trace);
  return {
    ...(sources && { sources: new Set(sources) }),
    ...(test && { test }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(lines && { lines }),
  };
}
