import { wilson } from './wilson.ts';

/** R. G. Newcombe, Statistics in Medicine 17 (1998), 857-872, table I: the score method without continuity correction. */
test.each([
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
])('the interval of %d in %d is that of the published table', (hits, of, low, high) => {
  expect(wilson(hits, of).map((share) => Number(share.toFixed(4)))).toEqual([low, high]);
});

test('hits and misses are alike', () => {
  const [low, high] = wilson(28, 29);
  expect([1 - high, 1 - low].map((share) => Number(share.toFixed(4)))).toEqual([0.0061, 0.1718]);
});

test('all and none end at 1 and 0, and without a case nothing is known', () => {
  expect(wilson(7, 7)[1]).toBe(1);
  expect(wilson(0, 7)[0]).toBe(0);
  expect(wilson(0, 0)).toEqual([0, 1]);
});
