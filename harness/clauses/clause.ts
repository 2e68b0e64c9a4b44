/**
 * The source of a clause; it decides what a deviation means:
 * `S` stated by the note: a deviation is a failure, always;
 * `E` shown by an example only: a failure, unless the rig file's deviations list it;
 * `I` inferred, with the reason in `because`: like E, but reported separately;
 * `U` the note is silent or contradicts itself: observed, never a failure.
 */
export type ClauseStatus = 'S' | 'E' | 'I' | 'U';

/** The limits a clause states. */
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
  /** Chapter and passage of the BC26 CMDMP Application Note V1.0. */
  readonly section: string;
  /** I clauses only: why it follows. */
  readonly because?: string;
  readonly limits?: ClauseLimits;
}

/** A clause without its section. */
export type Draft = Omit<Clause, 'section'>;

const draft = (status: ClauseStatus, id: string, text: string, limits?: ClauseLimits): Draft => ({
  id,
  status,
  text,
  ...(limits && { limits }),
});

/** An S clause: the note states it. */
export const stated = (id: string, text: string, limits?: ClauseLimits): Draft =>
  draft('S', id, text, limits);

/** An E clause: only an example of the note shows it. */
export const shown = (id: string, text: string, limits?: ClauseLimits): Draft => draft('E', id, text, limits);

/** An I clause: it follows from the note, or from a standard that the note refers to; `because` says how. */
export const inferred = (id: string, text: string, because: string, limits?: ClauseLimits): Draft => ({
  ...draft('I', id, text, limits),
  because,
});

/** A U clause: the note is silent, so the module's behaviour is observed. */
export const open = (id: string, text: string): Draft => draft('U', id, text);

/** The clauses of one passage of the note. */
export const section = (name: string, drafts: readonly Draft[]): Clause[] =>
  drafts.map((clause) => ({ ...clause, section: name }));
