import type { RunRecord } from '../../../reports/record/record.ts';
import { keepTimes } from '../../../rigs/state/run-times.ts';
import type { Announcer } from './announcer.ts';
import type { Run } from './run.ts';

/**
 * Keeps what a run took, to foretell the next one of its rig. Only of a whole and undisturbed one: of some clauses, or of
 * firmware with faults, it would mislead. One that cannot be kept is left out.
 */
export function keepTimesOf(
  { options, facts }: Pick<Run, 'options' | 'facts'>,
  { state, problems }: Pick<RunRecord, 'state' | 'problems'>,
  { times }: Pick<Announcer, 'times'>,
): void {
  const isTelling = state === 'complete' && problems.length === 0;
  const taken = times();
  if (!isTelling || !taken || options.clausePattern !== null || options.faults.length > 0) return;
  try {
    keepTimes(facts.rig, options.profile, taken);
  } catch {
    // The next run is foretold less well.
  }
}
