/**
 * Runs a suite file, unless nothing in it is to be judged any more (`environment.ts`): to load one costs a third of a
 * second of a processor. JavaScript, as Jest's sequencer and reporter here.
 */
import { createRequire } from 'node:module';

const { default: circus } = createRequire(import.meta.url)('jest-circus/runner');

export default function run(globalConfig, config, environment, ...rest) {
  return environment.isLeft ? leftOut : circus(globalConfig, config, environment, ...rest);
}

const nothing = {
  added: 0,
  fileDeleted: false,
  matched: 0,
  unchecked: 0,
  uncheckedKeys: [],
  unmatched: 0,
  updated: 0,
};

/** What Jest takes for a file of which no test was run; a file without tests would be a mistake. */
const leftOut = {
  ...{ leaks: false, numFailingTests: 0, numPassingTests: 0, numPendingTests: 1, numTodoTests: 0 },
  ...{ openHandles: [], snapshot: nothing },
  perfStats: { start: 0, end: 0, runtime: 0, slow: false },
  testResults: [
    {
      ...{ ancestorTitles: [], title: 'left out', fullName: 'left out', status: 'pending' },
      ...{ failureDetails: [], failureMessages: [], numPassingAsserts: 0 },
    },
  ],
};
