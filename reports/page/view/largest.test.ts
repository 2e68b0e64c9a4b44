import { largest } from './largest.ts';

test('the largest of values is found', () => {
  expect(largest([2, 9, 4], 0)).toBe(9);
  expect(largest([2, 9, 4], 20)).toBe(20);
  expect(largest([], 1)).toBe(1);
});

test('a list of a million values is no obstacle', () => {
  const values = new Float64Array(1_000_000).map((_, index) => index);
  expect(largest(values, 0)).toBe(999_999);
});
