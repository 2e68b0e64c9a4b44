import { duration } from './format.ts';

test.each([
  [0.346, '0.35 ms'],
  [12.34, '12.3 ms'],
  [71_240, '71.2 s'],
  [725_000, '12 min 5 s'],
  [3_239_700, '54 min 0 s'],
])('%d ms are %s', (ms, text) => {
  expect(duration(ms)).toBe(text);
});
