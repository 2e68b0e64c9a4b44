import { addToStep } from '../../reports/markdown/write-summary.ts';
import type { Entry } from '../../reports/record/entry.ts';
import { messageOf } from '../base/error.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Adds the summary of a run to that of the step of GitHub's Actions in which it runs, if it does. The file is the
 * runner's and no report of the run: where it cannot be written, that is said and no more.
 * @returns what is to be said
 */
export function addToStepSummary(text: string, environment: Environment = process.env): Entry | undefined {
  const step = environment['GITHUB_STEP_SUMMARY'];
  if (step === undefined || step === '') return undefined;
  try {
    addToStep(text, step);
    return undefined;
  } catch (error) {
    return {
      type: 'message',
      text: `the summary of the step was not written (GITHUB_STEP_SUMMARY): ${messageOf(error)}`,
    };
  }
}
