import { exchange } from './example-run.fixture.ts';
import { createLatencyBook, latencyOf, percentile } from './latency.ts';

const upTo = (n: number) => Array.from({ length: n }, (_, index) => index + 1);

describe('percentiles', () => {
  test.each([
    [1, 50, 1],
    [4, 50, 2],
    [5, 50, 3],
    [100, 95, 95],
    [100, 99, 99],
    [101, 99, 100],
    [10, 100, 10],
    [10, 0, 1],
  ])('of 1 to %i at %i %% is %i, by nearest rank', (n, percent, expected) => {
    expect(percentile(upTo(n), percent)).toBe(expected);
  });

  test('do not depend on the order, nor compare numbers as text', () => {
    expect(latencyOf([100, 9, 10])).toEqual({ n: 3, p50: 10, p95: 100, p99: 100, max: 100 });
  });
});

describe('durations by form', () => {
  test('are kept for every exchange, judged or not', () => {
    const book = createLatencyBook();
    for (const own of [{}, { hi: 30 }, { form: 'AT', command: 'AT' }]) {
      const entry = exchange(own);
      if (entry.type === 'exchange') book.add(entry);
    }
    expect(book.latency()).toEqual({
      'AT+QDMPCFG=4,1': { n: 2, p50: 10, p95: 30, p99: 30, max: 30 },
      AT: { n: 1, p50: 10, p95: 10, p99: 10, max: 10 },
    });
  });
});
