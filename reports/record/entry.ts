import type { FailureFacts } from '../causes/failure-facts.ts';
import type { Verdict } from './verdict.ts';

/** A line of this repository's source. */
export interface SourceLine {
  /** Relative to the repository: `suites/10-access-forms.suite.ts`. */
  readonly file: string;
  readonly line: number;
}

/** A test as it is known before it runs. */
export interface PlannedTest {
  /** Unique in a run: `<file> › <title>`. */
  readonly name: string;
  readonly file: string;
  readonly title: string;
  readonly clauses: readonly string[];
  /** It judges what the run has seen; what is seen after its end counts too. */
  readonly hindsight?: boolean;
  /** Where its `clause()` stands; a helper's file, if a helper of the suites registers it. */
  readonly source?: SourceLine;
  /** Why the run leaves it out, as its profile and `--clause` ask: its end is not awaited. Absent for a test to be run. */
  readonly leftOut?: string;
}

/** What a record needs of a clause in the catalogue. */
export interface ClauseFacts {
  readonly id: string;
  readonly status: 'S' | 'E' | 'I' | 'U';
  readonly text: string;
  readonly section: string;
  /** Why no test judges it; absent if one does. */
  readonly uncovered?: string;
  /** Not selected by `--clause`: it gets no verdict. */
  readonly unselected?: boolean;
}

/** A clause that the rig's firmware is known to break: its failure counts as an observation. */
export interface Deviation {
  readonly clause: string;
  readonly reason: string;
  /** Its source: a ticket, a mail, an erratum. */
  readonly reference: string;
  /** The last day on which it is valid, `YYYY-MM-DD`. */
  readonly expires: string;
}

/** What a run may use up of the module. */
export interface Budget {
  /** Accepted commands that write to NVRAM; no test writes beyond it. */
  readonly nvramWrites: number;
  /** The number the suites are planned for; null if there is no plan. */
  readonly reboots: number | null;
}

/** `strict`: valid for Jenkins's xUnit plugin, with less in it. */
export type JunitStyle = 'rich' | 'strict';

/** The facts of a run that are known before the first byte. */
export interface RunFacts {
  readonly rig: string;
  readonly rigFile: string;
  readonly driver: string;
  readonly emulated: boolean;
  /** The firmware faults of `--fault`; absent without any. */
  readonly faults?: readonly string[];
  readonly profile: string;
  /** The pattern of `--clause`; null: every clause. */
  readonly clausePattern: string | null;
  readonly budget: Budget;
  readonly seed: number;
  readonly clock: number;
  readonly commit: string | null;
  readonly node: string;
  /** The machine's name; absent in traces of older versions. */
  readonly host?: string;
  /** Of the serial port; absent in traces of older versions. */
  readonly baud?: number;
  /** How `junit.xml` is written, so that one that is made later is the same; `rich` if absent. */
  readonly junit?: JunitStyle;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
}

export type ExchangeKind = 'read' | 'write' | 'other';

/** What the record keeps of an exchange (harness/README.md, "An exchange's clock"); durations in ms. */
export interface ExchangeFacts {
  /** The command's form, e.g. `AT+QDMPCFG=4,1`; varying parameters are shown as `…`. */
  readonly form: string;
  /** `AT+QDMPCFG`, `AT+QDMPCFGEX`, or the command's name. */
  readonly command: string;
  readonly kind: ExchangeKind;
  readonly lo: number;
  readonly hi: number;
  readonly answerWireMs: number;
  /** The delay that the emulated module reports as not its own. */
  readonly disturbanceMs: number;
  /** The longest time an adapter may have delayed the answer's end; `lo` allows for it. Absent without such an adapter. */
  readonly adapterMs?: number;
  /** The final result's line, escaped; empty if none came: then `lo` and `hi` are the time waited. */
  readonly final: string;
  /** Whether the command was accepted and writes to NVRAM. */
  readonly nvramWrite: boolean;
  /** Compared with the command's stated maximum response time; absent if none is stated. */
  readonly inTime?: 'within' | 'over' | 'inconclusive';
  /** The clause that states that time; present if `inTime` is. */
  readonly clause?: string;
  /** The classes of input that it tried (`FailureFacts`); absent without any. */
  readonly uses?: readonly string[];
}

/** One of the attempts of a test that failed and was run again. */
export interface AttemptFacts {
  /** The verdict of this attempt, before known deviations and U clauses are considered. */
  readonly verdict: Verdict;
  readonly reason?: string;
  readonly durationMs: number;
  /** First and last line of the trace; those after the first begin with the isolation before them. */
  readonly trace: readonly [number, number];
}

/** The module's silence after an input. */
export interface Silence {
  readonly verdict: Extract<Verdict, 'fail' | 'flaky'>;
  /** The input that is to blame, or is suspected, as it may be shown: escaped, without private keys. */
  readonly input: string;
  /** What happened, one sentence that names the input. */
  readonly text: string;
}

/** Supply cuts around the end of a save, each of a save of its own; times in ms after the save's last byte was sent. */
export interface CutSweep {
  /** The record's name, as in `QDMPCFG 1`. */
  readonly record: string;
  /** T: so long after its OK a save has to survive. */
  readonly durableMs: number;
  readonly cuts: readonly SweptCut[];
}

export interface SweptCut {
  /** When the cut was asked for; the switch itself may take longer. */
  readonly ms: number;
  /** When OK came; null if the supply was cut before. */
  readonly okMs: number | null;
  /** What was found after the next boot; `spoiled`: neither the old values nor the new ones, or another record had changed. */
  readonly found: 'old' | 'new' | 'spoiled';
}

/** What has to be seen to work before a silent module is blamed. */
export type WiringPart = 'power' | 'reset';

/** How a module came up; durations from the moment just before the boot was started, ms. */
export interface BootFacts {
  /** How it was booted. */
  readonly kind: string;
  /** To the first `OK` to `AT`. */
  readonly bootMs: number;
  /** To its IMEI and its revision. */
  readonly namedMs: number;
  /** It goes on echoing after `ATE0`. */
  readonly echoes: boolean;
}

/**
 * The run as a sequence of events: the bodies of the trace's `test` and `note` lines, and what the Jest child sends to the
 * supervisor. The record is a fold over them, so the record of an interrupted run can be completed from its trace.
 */
export type Entry =
  | {
      type: 'run-start';
      facts: RunFacts;
      clauses: readonly ClauseFacts[];
      planned: readonly PlannedTest[];
      deviations: readonly Deviation[];
      /** The process that completes the record, identified as in `process-identity.ts` of rigs/. */
      supervisor?: { readonly pid: number; readonly started: string; readonly command: string };
    }
  | { type: 'identity'; imei: string; revision: string }
  | ({ type: 'exchange' } & ExchangeFacts)
  /** A stray line, a wrong frame, an unexpected restart: evidence against a clause that the whole run is judged by. */
  | { type: 'line-fault'; clause: string; text: string }
  /** The module as the run found it, brought up; `kind`: `start`, or `running` if it was not booted. */
  | ({ type: 'start' } & BootFacts)
  /** `namedMs` and `echoes` are absent in traces of older versions. */
  | ({ type: 'reboot' } & Pick<BootFacts, 'kind' | 'bootMs'> & Partial<BootFacts>)
  /** Something of the rig is waited for, in words for people. */
  | { type: 'waiting'; text: string }
  | { type: 'observation'; key: string; value: string }
  /** A sweep of supply cuts over the end of a record's save. A later one of the same record takes its place. */
  | ({ type: 'cut-sweep' } & CutSweep)
  | { type: 'own-share'; own: OwnShare }
  | { type: 'test-start'; name: string }
  /** A test that failed is about to be run again. */
  | { type: 'test-again'; name: string }
  | {
      type: 'test-end';
      name: string;
      verdict: Verdict;
      reason?: string;
      /** Clauses that the test broke and that are known deviations: they are observed, not failed. */
      deviates?: readonly string[];
      /** Its clauses that it did not come to judge: a command was refused before anything showed them. */
      unseen?: readonly string[];
      durationMs: number;
      /** First and last line of the trace that belong to the test. */
      trace: readonly [number, number];
      /** All attempts, if it was run again. */
      attempts?: readonly AttemptFacts[];
      /** A failure that one occurrence proves (a time limit, an unexpected restart), so that it was not run again. */
      confirmed?: true;
      /** What the failed expectation was about. */
      failure?: FailureFacts;
      /** What the test looked at and found as expected; absent without any. */
      held?: readonly string[];
    }
  /**
   * The module fell silent until it was booted (clause INPUT-ALIVE). `fail`: the input silenced it again when it was given
   * once more, alone, or nothing brings it back; `flaky`: it did not.
   */
  | ({ type: 'silence' } & Silence)
  /** A part of the board's wiring was seen to boot the module, or the board does not have it. */
  | { type: 'wiring'; part: WiringPart; state: 'works' | 'absent' }
  /** The most NVRAM writes that raw bytes, or a save whose answer a supply cut kept back, may have caused; no exchange has them. */
  | { type: 'raw-writes'; nvramWrites: number }
  /** A test wanted to write after the budget was spent; sent once per run. */
  | { type: 'budget-spent'; nvramWrites: number }
  /** What the wear ledger says about the module's NVRAM, without this run. */
  | { type: 'wear'; writesBefore: number; endurance: number; warnAt: number }
  /** Bytes on the UART so far. */
  | { type: 'bytes'; in: number; out: number }
  /** The rig failed: the module cannot be judged after this. `atRest`: false if the board may not be at rest. */
  | { type: 'rig-error'; code: string; message: string; remedy?: string; atRest?: false }
  /** The module failed, and nothing brings it back: the run ends early, and the rig is not to blame. */
  | { type: 'module-error'; code: string; message: string; remedy?: string }
  /** Wrong usage found after the start (exit 2), e.g. credentials at risk. */
  | { type: 'usage-error'; code: string; message: string; remedy?: string }
  | { type: 'interrupted'; signal: string }
  | { type: 'message'; text: string }
  | { type: 'run-end'; durationMs: number };

/** The delay that the harness adds to an exchange; measurable only if the board reports its true times. Medians in ms. */
export type OwnShare =
  | { measurable: false; reason: string }
  | { measurable: true; exchanges: number; medianMs: number; bareMedianMs: number; ratio: number };
