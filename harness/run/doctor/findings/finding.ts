/** `broken` ends a run before it starts; a `warning` is shown, and the run goes on. */
export type Severity = 'ok' | 'note' | 'warning' | 'broken';

/** One result of a check or probe of a rig. */
export interface Finding {
  /** What was checked. Stable: people search for it. */
  readonly id: string;
  readonly severity: Severity;
  /** What was found and where, one line. Text of a device or of another process is escaped and cut. */
  readonly what: string;
  /** How to fix it, one line. Warnings and broken findings have one. */
  readonly mend?: string;
}

export const ok = (id: string, what: string): Finding => ({ id, severity: 'ok', what });

/** Neither good nor bad: a figure, or something that could not be checked. */
export const note = (id: string, what: string): Finding => ({ id, severity: 'note', what });

export const warning = (id: string, what: string, mend: string): Finding => ({
  id,
  severity: 'warning',
  what,
  mend,
});

export const broken = (id: string, what: string, mend: string): Finding => ({
  id,
  severity: 'broken',
  what,
  mend,
});

export const isBroken = ({ severity }: Finding): boolean => severity === 'broken';
