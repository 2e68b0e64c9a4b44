import type { Proof } from './proof.ts';

/** A clause that no fault failed, and a fault that breaks it but whose run ended at another clause. */
export interface Unreached {
  readonly clause: string;
  readonly fault: string;
}

/**
 * The idle clauses of which nothing can be said, because a run ends once its fault is caught: `--every-test` goes on.
 * Empty where only some faults were judged.
 */
export const unreachedClauses = ({ cells, idle }: Pick<Proof, 'cells' | 'idle'>): Unreached[] => {
  const stopped = cells.filter(({ outcome, everyTest }) => outcome === 'caught' && !everyTest);
  return (idle ?? []).flatMap((clause) => {
    const cell = stopped.find(({ breaks }) => breaks.includes(clause));
    return cell ? [{ clause, fault: cell.name }] : [];
  });
};
