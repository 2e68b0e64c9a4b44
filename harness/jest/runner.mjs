/**
 * Runs a suite file with jest-circus, Jest's own runner of tests. That it is done here and not by `jest-circus/runner`
 * has two reasons. A file in which nothing is to be judged any more is not loaded (`environment.ts`). And Jest's runner
 * loads circus, its matchers and its snapshots anew into the realm of each file, which suites have no use for: that took
 * a tenth of a second and some MB a file, of a process that runs 23 of them. JavaScript, as Jest's sequencer and reporter
 * here.
 */
import { setImmediate } from 'node:timers/promises';

import { createEmptyTestResult } from '@jest/test-result';
import { resetState, run as runTests, test } from 'jest-circus';

/** What `load-failures.mjs` tells from a file that could not be loaded. */
export const UNCAUGHT = 'left an error that nothing caught';

/** Jest's testRunner. */
export default async function run(_globalConfig, _config, environment, runtime, testPath) {
  if (environment.isLeft) return resultOf(['left out'], []);
  resetState();
  environment.global.test = test;
  const uncaught = watchUncaught();
  try {
    await runtime.unstable_importModule(testPath);
    const { testResults, unhandledErrors } = await runTests();
    // Node tells only after this turn that a rejection was caught late.
    await setImmediate();
    const titles = testResults.map((each) => each.testPath.at(-1));
    const thrown = testResults.flatMap((each) => each.errors);
    return resultOf(titles, [...thrown, ...unhandledErrors, ...uncaught.errors()]);
  } finally {
    uncaught.end();
  }
}

/** Errors that nothing catches: a mistake of ours, which must neither go unseen nor leave the module as it is. */
function watchUncaught() {
  const errors = new Map();
  const thrown = (error) => errors.set(error, error);
  const rejected = (error, promise) => errors.set(promise, error);
  const handled = (promise) => errors.delete(promise);
  const listeners = { uncaughtException: thrown, unhandledRejection: rejected, rejectionHandled: handled };
  for (const [event, listener] of Object.entries(listeners)) process.on(event, listener);
  return {
    errors: () => [...errors.values()].map((error) => error?.stack ?? String(error)),
    end() {
      for (const [event, listener] of Object.entries(listeners)) process.off(event, listener);
    },
  };
}

/**
 * What Jest gets of it. The verdicts are the session's, and only errors go on, to `load-failures.mjs`; but Jest takes a
 * file without tests for a mistake.
 */
const resultOf = (titles, errors) => ({
  ...createEmptyTestResult(),
  numPassingTests: titles.length,
  testResults: titles.map((title) => ({
    ...{ ancestorTitles: [], title, fullName: title, status: 'passed' },
    ...{ failureDetails: [], failureMessages: [], numPassingAsserts: 0 },
  })),
  ...(errors.length > 0 && { testExecError: { message: UNCAUGHT, stack: errors.join('\n') } }),
});
