import { findingOf } from '../../../reports/record/late-findings.ts';
import type { Emit } from '../host/emit.ts';

interface Limits {
  /** `--max-failures`; null: no limit. */
  readonly maxFailures: number | null;
  /** Ids of the clauses of `--stop-at`; null without it. */
  readonly stopAt: ReadonlySet<string> | null;
  /** Known deviations: clauses whose failure is none. */
  readonly waived: ReadonlySet<string>;
}

/** Whether a run has seen enough: then only tests that judge what it has shown are still run. */
export interface Enough {
  /** The same function; what is reported by it may be enough. */
  readonly emit: Emit;
  /** A test has failed by these clauses. */
  failed(clauses: readonly string[]): void;
  /** How many tests have failed. */
  readonly failures: number;
  /** Why it is enough; undefined while it is not. Stable, since the summary groups by it. */
  why(): string | undefined;
}

export function createEnough(emit: Emit, { maxFailures, stopAt, waived }: Limits): Enough {
  let failures = 0;
  /** The first clause of `--stop-at` that failed. */
  let at: string | undefined;

  const note = (clause: string): void => {
    if (stopAt?.has(clause) && !waived.has(clause)) at ??= clause;
  };

  return {
    emit(entry) {
      const finding = findingOf(entry);
      if (finding?.verdict === 'fail') note(finding.clause);
      return emit(entry);
    },
    failed(clauses) {
      failures++;
      clauses.forEach(note);
    },
    get failures() {
      return failures;
    },
    why() {
      if (at !== undefined) return `${at} has failed, at which --stop-at ends the run`;
      return maxFailures !== null && failures >= maxFailures
        ? `--max-failures ${maxFailures} was reached`
        : undefined;
    },
  };
}
