import type { StageEnd } from './stage.ts';

/**
 * Whether a run was disturbed by those beside it: an answer came so late, or was seen so late, that it could not be held
 * against its limit, a test came to no verdict, or the run did not even begin. A run that the firmware itself ended says
 * nothing of the machine.
 */
export function isDisturbed({ record }: StageEnd): boolean {
  if (!record) return true;
  const { clauses, timing } = record;
  return (
    timing.some(({ inconclusive }) => inconclusive > 0) ||
    clauses.some(({ verdict }) => verdict === 'inconclusive' || verdict === 'flaky')
  );
}
