import { clauseFacts } from './example-run.fixture.ts';
import { judgeClauses } from './judge-clauses.ts';
import type { RecordedTest } from './record.ts';

const testOf = (name: string, own: Partial<RecordedTest>): RecordedTest => ({
  ...{ name, file: 'a', title: name, clauses: ['CFG-A'], verdict: 'pass', durationMs: 1, trace: null },
  ...own,
});

test('a clause that a failed test did not come to judge is left to the other tests', () => {
  const failed = testOf('two', { clauses: ['CFG-A', 'CFG-B'], verdict: 'fail', unseen: ['CFG-A'] });
  const verdictsWith = (...tests: RecordedTest[]) =>
    judgeClauses([clauseFacts('CFG-A', 'S'), clauseFacts('CFG-B', 'I')], tests).map(({ verdict }) => verdict);
  expect(verdictsWith(testOf('one', {}), failed)).toEqual(['pass', 'fail']);
  expect(verdictsWith(failed)).toEqual(['not-run', 'fail']);
});
