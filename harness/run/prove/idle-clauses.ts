import type { ProofCell } from '../../../reports/proof/proof.ts';
import { catalogue } from '../../clauses/catalogue.ts';

/** The clauses that can fail and that no fault failed. */
export function idleClauses(cells: readonly ProofCell[]): string[] {
  const failed = new Set(cells.filter(({ kind }) => kind === 'fault').flatMap((cell) => cell.failed));
  return catalogue.filter(({ id, status }) => status !== 'U' && !failed.has(id)).map(({ id }) => id);
}
