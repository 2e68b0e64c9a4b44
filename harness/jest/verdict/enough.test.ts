import type { Entry } from '../../../reports/record/entry.ts';
import { createEnough } from './enough.ts';

const enoughOf = (
  stopAt: readonly string[] | null,
  { maxFailures = null as number | null, waived = '' } = {},
) =>
  createEnough(() => 1, {
    maxFailures,
    stopAt: stopAt && new Set(stopAt),
    waived: new Set([waived]),
  });

const silence = { type: 'silence', verdict: 'fail', input: 'AT', text: 'silent' } as Entry;
const leak = { type: 'line-fault', clause: 'CFG-MASK', text: 'a key' } as Entry;

test('failed tests are enough once there are as many as --max-failures says', () => {
  const enough = enoughOf(null, { maxFailures: 2 });
  enough.failed(['CFG-A']);
  expect(enough.why()).toBeUndefined();
  enough.failed(['CFG-A']);
  expect(enough.why()).toBe('--max-failures 2 was reached');
  expect(enough.failures).toBe(2);
});

test('a clause of --stop-at is enough, another is not', () => {
  const enough = enoughOf(['CFG-A', 'CFG-B']);
  enough.failed(['CFG-C']);
  expect(enough.why()).toBeUndefined();
  enough.failed(['CFG-C', 'CFG-B']);
  enough.failed(['CFG-A']);
  expect(enough.why()).toMatch(/^CFG-B has failed/);
});

test.each([
  ['the silence of a module', silence, 'INPUT-ALIVE'],
  ['what the line shows', leak, 'CFG-MASK'],
])('%s is enough for its clause, unless that is a known deviation', (_, entry, clause) => {
  const verdictWith = (stopAt: readonly string[] | null, waived = '') => {
    const enough = enoughOf(stopAt, { waived });
    enough.emit(entry);
    return enough.why();
  };
  expect(verdictWith([clause])).toContain(clause);
  expect(verdictWith([clause], clause)).toBeUndefined();
  expect(verdictWith(['CFG-A'])).toBeUndefined();
  expect(verdictWith(null)).toBeUndefined();
});

test('a silence that did not come again is not enough', () => {
  const enough = enoughOf(['INPUT-ALIVE']);
  enough.emit({ ...silence, verdict: 'flaky' } as Entry);
  expect(enough.why()).toBeUndefined();
});
