import { listFaults, listGenerated } from '../../../rigs/control/emulator-faults.ts';
import { listSoundSettings } from '../../../rigs/control/emulator-settings.ts';
import { askedIds } from '../../clauses/needed.ts';
import type { Cell } from './cell.ts';
import { cellsOf, needsGenerated } from './cells.ts';
import type { Asked } from './journal.ts';

export interface AskedCells {
  readonly cells: readonly Cell[];
  /** How many generated faults there are to draw from; 0 where none was asked for. */
  readonly generated: number;
}

/**
 * The firmwares that a proof was asked to judge.
 * @throws USAGE for a fault, clause or control that does not exist
 */
export async function askedCells(asked: Asked): Promise<AskedCells> {
  const [faults, generated, settings] = await Promise.all([
    listFaults(),
    needsGenerated(asked) ? listGenerated() : [],
    listSoundSettings(),
  ]);
  const clauses = asked.clausePattern === null ? null : askedIds(asked.clausePattern);
  return {
    cells: cellsOf({ faults, generated, settings }, { ...asked, clauses }),
    generated: generated.length,
  };
}
