import type { Proof } from '../../proof/proof.ts';

export type Cell = Proof['cells'][number];
export type Outcome = Cell['outcome'];

/** The outcomes in the order of what a reader asks first, with the class of their colour. */
export const outcomes: readonly (readonly [outcome: Outcome, colour: string])[] = [
  ['survived', 'fail'],
  ['blamed-wrongly', 'rig-error'],
  ['failed', 'fail'],
  ['undecided', 'inconclusive'],
  ['caught', 'pass'],
  ['passed', 'pass'],
];

const colours = new Map(outcomes);
export const colourOf = (outcome: Outcome): string => colours.get(outcome)!;

const weights = new Map(outcomes.map(([outcome], index) => [outcome, index]));
/** Whether an outcome is one that somebody has to do something about. */
export const isOpen = (outcome: Outcome): boolean => weights.get(outcome)! < 4;
/** Orders cells by what a reader asks first; otherwise they stay as they are. */
export const byOutcome = (a: Cell, b: Cell): number =>
  isOpen(a.outcome) || isOpen(b.outcome) ? weights.get(a.outcome)! - weights.get(b.outcome)! : 0;
