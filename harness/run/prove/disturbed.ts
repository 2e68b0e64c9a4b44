import type { Cell } from './cell.ts';
import type { StageEnd } from './stage.ts';

/**
 * Whether a run was disturbed by those beside it: an answer came so late, or was seen so late, that it could not be held
 * against its limit, a test came to no verdict, or the run did not even begin. A run that the firmware itself ended says
 * nothing of the machine. Neither does a failure that was not repeated where the firmware is faulty (many faults show now
 * and then), nor a missing verdict of a module whose settings can be too slow for one.
 */
export function isDisturbed({ variant }: Pick<Cell, 'variant'>, { record }: StageEnd): boolean {
  if (!record) return true;
  const { clauses, timing } = record;
  const undecided = variant ? 'flaky' : 'inconclusive';
  return (
    timing.some(({ inconclusive }) => inconclusive > 0) ||
    clauses.some(({ verdict }) => verdict === undecided)
  );
}
