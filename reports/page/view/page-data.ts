import type { RunRecord } from '../../record/record.ts';

/** Where a span of the time line is shown. */
export type LaneName =
  | 'test'
  | 'supply'
  | 'reset'
  | 'boot'
  | 'state'
  | 'uart.tx'
  | 'uart.rx'
  | 'platform.rx'
  | 'platform.tx'
  | 'note';

/** Something that happened: `[start µs, duration µs, line of the trace, text, tag]`; times since the trace's first line. */
export type Span = readonly [at: number, lasted: number, line: number, text: string, tag?: string];

export interface Lane {
  readonly name: LaneName;
  readonly label: string;
  /** In order of their start. */
  readonly spans: readonly Span[];
}

/** How long the answers to one form of command took, ms. */
export interface AnswerTimes {
  readonly form: string;
  /** The clause with the limit; absent if none is stated for it. */
  readonly clause?: string;
  /** The upper bound of each answer's time, in order of the run. */
  readonly ms: readonly number[];
}

/** All that the page of a run shows. Every text of a device is escaped already: control bytes cannot be in it. */
export interface PageData {
  readonly record: RunRecord;
  /** What one asks first, as the printed summary begins. */
  readonly lead: readonly string[];
  /** Name of the run's folder. */
  readonly folder: string;
  readonly lanes: readonly Lane[];
  readonly answers: readonly AnswerTimes[];
  /** Files of the run folder beside the page. */
  readonly files: readonly string[];
  /** The wall clock at the trace's first line, ms since 1970; null if the trace does not say. */
  readonly wallAtStart: number | null;
  /** Absent without an earlier run of this rig. */
  readonly changes?: Changes;
}

/** What differs from the last run of the same rig. */
export interface Changes {
  /** The earlier run's folder. */
  readonly since: string;
  readonly changed: readonly { readonly clause: string; readonly was: string; readonly is: string }[];
}
