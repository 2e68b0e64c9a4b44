import { timesOf } from '../../../rigs/state/run-times.ts';
import { boardFacts } from '../estimate/board-facts.ts';
import { estimate } from '../estimate/estimate.ts';
import { sortTests } from '../estimate/sort-tests.ts';
import { budgetOf } from '../qualify/budget.ts';
import { usualProfile } from '../qualify/options-of.ts';
import { prepareRun } from '../qualify/prepare-run.ts';
import type { AskedRun } from '../qualify/run.ts';
import { outlookText } from './outlook-text.ts';

/**
 * Says what a run with these options would do, for how long, and what it would not do and why. The board is not touched,
 * and neither its lock nor a run folder is needed.
 * @returns text, whole lines
 * @throws what keeps a run from beginning: mistakes in the options, the rig file or the known deviations
 */
export async function dryRun(asked: AskedRun): Promise<string> {
  const options = { ...asked, profile: asked.profile ?? usualProfile };
  const { rig, suites, plan } = await prepareRun(options);
  const { tests, left } = sortTests(suites, rig, options);
  const earlier = timesOf(rig.name, options.profile);
  const parts = estimate({ profile: options.profile, board: boardFacts(rig), tests, earlier });
  const budget = budgetOf(options.profile, rig);
  return outlookText({ rig, profile: options.profile, plan, parts, left, earlier: earlier.length, budget });
}
