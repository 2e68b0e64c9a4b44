import type { Verdict } from './verdict.ts';

/** A test as it is known before it runs. */
export interface PlannedTest {
  /** Unique in a run: `<file> › <title>`. */
  readonly name: string;
  readonly file: string;
  readonly title: string;
  readonly clauses: readonly string[];
  /** It judges what the run has seen; what is seen after its end counts, too. */
  readonly hindsight?: boolean;
}

export interface ClauseFacts {
  readonly id: string;
  readonly status: 'S' | 'E' | 'I' | 'U';
  readonly text: string;
  readonly section: string;
  /** Why no test judges it; absent where one does. */
  readonly uncovered?: string;
  /** Not among those that `--clause` names: it gets no verdict. */
  readonly unselected?: boolean;
}

/** A clause that the rig's firmware is known not to keep, and whose failure is therefore an observation. */
export interface Deviation {
  readonly clause: string;
  readonly reason: string;
  /** Where it is written down: a ticket, a mail, an erratum. */
  readonly reference: string;
  /** The last day on which it holds, `YYYY-MM-DD`. */
  readonly expires: string;
}

/** What a run may spend of the module. */
export interface Budget {
  /** Accepted commands that write to NVRAM; no test writes beyond it. */
  readonly nvramWrites: number;
  /** What the suites are meant to get by with; null where no figure is set. */
  readonly reboots: number | null;
}

/** What a run is, known before the first byte. */
export interface RunFacts {
  readonly rig: string;
  readonly rigFile: string;
  readonly driver: string;
  readonly emulated: boolean;
  readonly profile: string;
  /** What `--clause` chose; null: every clause. */
  readonly clausePattern: string | null;
  readonly budget: Budget;
  readonly seed: number;
  readonly clock: number;
  readonly commit: string | null;
  readonly node: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
}

export type ExchangeKind = 'read' | 'write' | 'other';

/** What the record keeps of an exchange (harness/README.md, "An exchange's clock"); durations in ms. */
export interface ExchangeFacts {
  /** The command's form, e.g. `AT+QDMPCFG=4,1`; parameters that vary are shown as `…`. */
  readonly form: string;
  /** `AT+QDMPCFG`, `AT+QDMPCFGEX`, or the command's name. */
  readonly command: string;
  readonly kind: ExchangeKind;
  readonly lo: number;
  readonly hi: number;
  readonly answerWireMs: number;
  /** How much of the time was not the module's doing, by the emulated module's own account. */
  readonly disturbanceMs: number;
  /** By how much an adapter can have kept the answer's end back at most: `lo` allows for it. Absent where none can. */
  readonly adapterMs?: number;
  /** The final result's line, escaped; empty where none came: then `lo` and `hi` are how long it was waited for. */
  readonly final: string;
  /** Whether an accepted command wrote to NVRAM. */
  readonly nvramWrite: boolean;
  /** Against the command's stated maximum response time; absent where none is stated. */
  readonly inTime?: 'within' | 'over' | 'inconclusive';
  /** The clause that states it; present where `inTime` is. */
  readonly clause?: string;
}

/** One of the two attempts of a test that failed at first and was run again. */
export interface AttemptFacts {
  /** By itself: known deviations and the silence of the note are weighed in the test's verdict alone. */
  readonly verdict: Verdict;
  readonly reason?: string;
  readonly durationMs: number;
  /** First and last line of the trace; those of a second one begin with the isolation before it. */
  readonly trace: readonly [number, number];
}

/**
 * The run as a sequence of events: the bodies of the trace's `test` and `note` lines, and what the Jest
 * child tells the supervisor. The record is a fold over them, so a run that was cut can be completed from
 * its trace.
 */
export type Entry =
  | {
      type: 'run-start';
      facts: RunFacts;
      clauses: readonly ClauseFacts[];
      planned: readonly PlannedTest[];
      deviations: readonly Deviation[];
      /** The process that completes the record, as `process-identity.ts` of rigs/ tells it from later ones. */
      supervisor?: { readonly pid: number; readonly started: string; readonly command: string };
    }
  | { type: 'identity'; imei: string; revision: string }
  | ({ type: 'exchange' } & ExchangeFacts)
  /** A stray line, a wrong frame, a restart nobody asked for: it speaks against a clause of the whole run. */
  | { type: 'line-fault'; clause: string; text: string }
  | { type: 'reboot'; kind: string; bootMs: number }
  | { type: 'observation'; key: string; value: string }
  | { type: 'own-share'; own: OwnShare }
  | { type: 'test-start'; name: string }
  /** A test that failed is about to be run again. */
  | { type: 'test-again'; name: string }
  | {
      type: 'test-end';
      name: string;
      verdict: Verdict;
      reason?: string;
      /** Clauses that the test disappointed and that are known deviations: they are observed, not failed. */
      deviates?: readonly string[];
      durationMs: number;
      /** First and last line of the trace that belong to the test. */
      trace: readonly [number, number];
      /** Both attempts, where it was run again. */
      attempts?: readonly AttemptFacts[];
    }
  /** How many writes to NVRAM raw bytes may have caused, at most; no exchange tells of them. */
  | { type: 'raw-writes'; nvramWrites: number }
  /** A test wanted to write when the budget was spent; said once. */
  | { type: 'budget-spent'; nvramWrites: number }
  /** What the ledger knows of the module's NVRAM, this run apart. */
  | { type: 'wear'; writesBefore: number; endurance: number; warnAt: number }
  /** Bytes on the UART so far. */
  | { type: 'bytes'; in: number; out: number }
  /** The rig failed: nothing after this can be said of the module. */
  | {
      type: 'rig-error';
      code: string;
      message: string;
      remedy?: string;
      /** False: after it the board may not be at rest. */
      atRest?: false;
    }
  /** Wrong usage found after the start (exit 2), e.g. credentials at risk. */
  | { type: 'usage-error'; code: string; message: string; remedy?: string }
  | { type: 'interrupted'; signal: string }
  | { type: 'message'; text: string }
  | { type: 'run-end'; durationMs: number };

/** The harness's own share of an exchange on a board that tells the truth, medians in ms. */
export type OwnShare =
  | { measurable: false; reason: string }
  | { measurable: true; exchanges: number; medianMs: number; bareMedianMs: number; ratio: number };
