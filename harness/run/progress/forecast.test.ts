import { planned, ran } from '../../../reports/record/example-run.fixture.ts';
import type { Expected } from './expected.ts';
import { createForecast } from './forecast.ts';
import { createMeasure } from './measure.ts';

const one = planned('one', 'CFG-A');
const two = planned('two', 'CFG-A');
const last = { ...planned('last', 'CFG-A'), file: 'late.suite.ts', name: 'late.suite.ts › last' };
const tests = [one, two, last];

/** 4 s, then 20 s for both tests of the first file and 60 s for the last, then 6 s. */
const expected: Expected = {
  startMs: 4_000,
  endMs: 6_000,
  perTestMs: (file) => (file === last.file ? 60_000 : 10_000),
};

/** The forecast of a run whose tests end at these times, ms. */
function after(...endedAt: number[]) {
  const forecast = createForecast(tests, expected);
  forecast.add({ type: 'test-start', name: one.name }, 4_000);
  endedAt.forEach((atMs, nth) => {
    for (const entry of ran(tests[nth]!, 'pass')) if (entry.type === 'test-end') forecast.add(entry, atMs);
    const next = tests[nth + 1];
    if (next) forecast.add({ type: 'test-start', name: next.name }, atMs);
  });
  return forecast;
}

describe('how long a run will take on', () => {
  test('is at first what is expected', () => {
    const forecast = createForecast(tests, expected);
    expect(forecast.outlook(0)).toEqual({ leftMs: 90_000, share: 0 });
    expect(forecast.outlook(1_000).leftMs).toBe(89_000);
  });

  test('goes down by each test by what that test took before', () => {
    expect(after(14_000).outlook(14_000).leftMs).toBe(76_000);
    expect(after(14_000, 24_000).outlook(54_000).leftMs).toBe(36_000);
    expect(after(14_000, 24_000, 84_000).outlook(84_000)).toEqual({ leftMs: 6_000, share: 84 / 90 });
  });

  test('follows the pace of the run', () => {
    // Half of all is behind it, and took twice as long.
    const perTestMs = (file: string): number => (file === last.file ? 0 : 40_000);
    const slow = createForecast(tests, { ...expected, perTestMs });
    slow.add({ type: 'test-start', name: one.name }, 8_000);
    for (const entry of ran(one, 'pass')) slow.add(entry, 88_000);
    expect(slow.outlook(88_000).leftMs).toBe(92_000);
  });

  test('does not grow below nothing where a test takes longer than it did', () => {
    const forecast = after(14_000, 24_000);
    expect(forecast.outlook(500_000).leftMs).toBeGreaterThanOrEqual(0);
    expect(forecast.outlook(500_000).share).toBeLessThanOrEqual(1);
  });
});

describe('what is measured of a run', () => {
  const measured = (ended: number) => {
    const measure = createMeasure(tests, () => true);
    tests.slice(0, ended).forEach((test, nth) => {
      for (const entry of ran(test, 'pass'))
        measure.add(entry, entry.type === 'test-start' ? 4_000 + 10_000 * nth : 14_000 + 10_000 * nth);
    });
    return measure.times(40_000);
  };

  test('is its start, each suite file and its end', () => {
    expect(measured(3)).toEqual({
      startMs: 4_000,
      endMs: 6_000,
      chapters: { 'server.suite.ts': { ms: 20_000, tests: 2 }, 'late.suite.ts': { ms: 10_000, tests: 1 } },
    });
  });

  test('counts the tests that an estimate counts, and keeps the time of all', () => {
    const measure = createMeasure(tests, (name) => name === one.name);
    tests.forEach((test, nth) => {
      for (const entry of ran(test, 'pass'))
        measure.add(entry, entry.type === 'test-start' ? 4_000 + 10_000 * nth : 14_000 + 10_000 * nth);
    });
    expect(measure.times(40_000)?.chapters).toEqual({ 'server.suite.ts': { ms: 20_000, tests: 1 } });
  });

  test('is nothing where not all of its tests ended', () => {
    expect(measured(2)).toBeUndefined();
  });
});
