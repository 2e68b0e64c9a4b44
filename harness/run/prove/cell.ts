import type { Variant } from './variant-rig.ts';

/** A firmware whose qualification shows something of the suites. */
export interface Cell {
  /** `fault`: a firmware that is wrong in one way; `control`: a sound one. */
  readonly kind: 'fault' | 'control';
  /** Unique; a fault's id. */
  readonly name: string;
  readonly describe: string;
  /** Ids of the clauses that the fault breaks; empty for a control. */
  readonly breaks: readonly string[];
  readonly seed: number;
  /** Of a generated fault: the operator and the place that it counts to. */
  readonly generated?: { readonly operator: string; readonly place: string };
  /** How it differs from the emulated module of the rig; absent: not at all. */
  readonly variant?: Variant;
}
