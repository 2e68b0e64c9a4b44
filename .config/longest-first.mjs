/**
 * The order of test files where Jest has not measured them yet: those of some minutes first. By their size, which Jest goes
 * by then, the longest are begun last, and a clean checkout waits for one of them with its other workers idle.
 */
import Sequencer from '@jest/test-sequencer';

/** The files that take more than two minutes, the longest first. */
export const longest = [
  'harness/run/e2e/random-endings.long.test.ts',
  'harness/run/e2e/caught.long.test.ts',
  'harness/run/e2e/silent-clauses.long.test.ts',
  '.config/samples.long.test.ts',
  'harness/run/e2e/recovery.long.test.ts',
  'harness/run/e2e/caught-alone.long.test.ts',
  'harness/run/e2e/silences.long.test.ts',
];

/** Before all others: by their place in the list. */
const place = ({ path }) => {
  const at = longest.findIndex((end) => path.endsWith(`/${end}`));
  return at < 0 ? longest.length : at;
};

export default class LongestFirst extends Sequencer {
  sort(tests) {
    const sorted = [...super.sort(tests)];
    const isMeasured = tests.some(({ duration }) => duration !== undefined);
    return isMeasured ? sorted : sorted.sort((one, other) => place(one) - place(other));
  }
}
