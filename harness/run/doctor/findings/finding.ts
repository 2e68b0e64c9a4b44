/** How much a finding weighs. `broken` ends a run before it starts; a `warning` is shown and goes on. */
export type Severity = 'ok' | 'note' | 'warning' | 'broken';

/** One thing the doctor found out about a rig. */
export interface Finding {
  /** What was looked at: stable, people search for it. */
  readonly id: string;
  readonly severity: Severity;
  /** One line: what is so, and where. Escaped and bounded where it quotes a device or a foreign process. */
  readonly what: string;
  /** One line: what mends it. Warnings and broken findings have one. */
  readonly mend?: string;
}

export const ok = (id: string, what: string): Finding => ({ id, severity: 'ok', what });

/** Neither good nor bad: a figure, or something that could not be looked at. */
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
