/**
 * Where a clause comes from, which decides what a deviation means:
 * `S` stated by the note: a module that does otherwise fails, no waiver;
 * `E` shown by an example only: fails, unless the rig's firmware lists the deviation;
 * `I` inferred, with the reasoning in `because`: judged and waivable like E, reported apart;
 * `U` the note is silent or contradicts itself: observed, never a failure.
 */
export type ClauseStatus = 'S' | 'E' | 'I' | 'U';

/** The bounds a clause speaks of; what is absent is not bounded. */
export interface ClauseLimits {
  readonly unit: 'value' | 's' | 'ms' | 'bytes' | 'characters' | 'strings';
  readonly min?: number;
  readonly max?: number;
  readonly members?: readonly number[];
  readonly default?: number | string;
}

/** One requirement on the module, as data. */
export interface Clause {
  readonly id: string;
  readonly status: ClauseStatus;
  /** What must be true, in one or two sentences, as a failure message shows it. */
  readonly text: string;
  /** Chapter of the application note (BC26 CMDMP Application Note V1.0), and what of it. */
  readonly section: string;
  /** I clauses only: why this is believed to follow. */
  readonly because?: string;
  readonly limits?: ClauseLimits;
}

/** A clause before its section is known. */
export type Draft = Omit<Clause, 'section'>;

const draft = (status: ClauseStatus, id: string, text: string, limits?: ClauseLimits): Draft => ({
  id,
  status,
  text,
  ...(limits && { limits }),
});

/** The note says so. */
export const stated = (id: string, text: string, limits?: ClauseLimits): Draft =>
  draft('S', id, text, limits);

/** Only an example of the note shows it. */
export const shown = (id: string, text: string, limits?: ClauseLimits): Draft => draft('E', id, text, limits);

/** It follows from what the note says, or from a standard it rests on: `because` says how. */
export const inferred = (id: string, text: string, because: string, limits?: ClauseLimits): Draft => ({
  ...draft('I', id, text, limits),
  because,
});

/** The note does not say: what the module does is observed. */
export const open = (id: string, text: string): Draft => draft('U', id, text);

/** The clauses of one passage of the note. */
export const section = (name: string, drafts: readonly Draft[]): Clause[] =>
  drafts.map((clause) => ({ ...clause, section: name }));
