import { advanceText, statusLine } from './status-line.ts';

const advance = { done: 41, of: 95, failed: 0, elapsedMs: 70_000, leftMs: 50_000, share: 0.5 };

test('says tests, failures and times', () => {
  expect(advanceText(advance)).toBe('41/95 tests, 1:10, about 0:50 left');
  expect(advanceText({ ...advance, failed: 2, elapsedMs: 3_725_000 })).toBe(
    '41/95 tests, 2 failed, 1:02:05, about 0:50 left',
  );
  expect(advanceText({ ...advance, leftMs: undefined })).toBe('41/95 tests, 1:10');
});

test('a run that takes longer than expected is never said to be over', () => {
  expect(advanceText({ ...advance, leftMs: 0 })).toMatch(/about 0:01 left$/);
});

test.each([
  [40, '  41/95 tests, 1:10, about 0:50 left'],
  [60, `  [${'='.repeat(10)}${' '.repeat(11)}] 41/95 tests, 1:10, about 0:50 left`],
  [200, `  [${'='.repeat(25)}${' '.repeat(25)}] 41/95 tests, 1:10, about 0:50 left`],
])('fits %i columns', (columns, line) => {
  expect(statusLine(advance, columns)).toBe(line);
  expect(line.length).toBeLessThanOrEqual(columns);
});
