import { earlierTimes } from './earlier.ts';

/** An earlier run: 4 s, then 20 s for both tests of a file, then 6 s. */
const earlier = { startMs: 4_000, endMs: 6_000, chapters: { 'server.suite.ts': { ms: 20_000, tests: 2 } } };

test('the times of earlier runs are their medians', () => {
  const runs = [1_000, 9_000, 3_000].map((startMs) => ({ ...earlier, startMs }));
  expect(earlierTimes(runs).startMs).toBe(3_000);
  expect(earlierTimes(runs.slice(0, 2)).startMs).toBe(5_000);
  expect(earlierTimes(runs).endMs).toBe(6_000);
  expect(earlierTimes(runs).perTestMs('server.suite.ts')).toBe(10_000);
});

test('what no earlier run had is not known', () => {
  expect(earlierTimes([earlier]).perTestMs('x.suite.ts')).toBeUndefined();
  expect(earlierTimes([]).startMs).toBeUndefined();
});
