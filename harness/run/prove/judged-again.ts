import type { ProofCell } from '../../../reports/proof/proof.ts';
import type { Cell } from './cell.ts';

/**
 * The firmwares to be judged once more, alone on the machine: what came to no verdict, unless it was seen that nothing
 * disturbed its runs. A fault that shows now and then would be as undecided again.
 * @param calm those of which each run was watched, and none was disturbed
 */
export const judgedAgain = (
  cells: readonly Cell[],
  judged: ReadonlyMap<string, Pick<ProofCell, 'outcome'>>,
  calm: ReadonlySet<Cell>,
): Cell[] => cells.filter((cell) => judged.get(cell.name)?.outcome === 'undecided' && !calm.has(cell));
