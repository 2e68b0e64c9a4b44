import type { ProofCell } from '../../../reports/proof/proof.ts';
import { progressLine } from './proof-progress.ts';

const cell: ProofCell = {
  ...{ kind: 'control', name: 'healthy-1', describe: 'is sound', breaks: [], outcome: 'passed', failed: [] },
  ...{ tests: [], everyTest: true, profile: 'nightly', slower: 1, durationMs: 60_000 },
};

test('the time that is left counts what goes on at once', () => {
  const advance = { done: 2, of: 10, tookMs: 120_000 };
  expect(progressLine(cell, { ...advance, together: 4 })).toBe(
    '2/10  healthy-1: passed, 60.0 s, about 2 min 0 s left, 4 at once\n',
  );
  expect(progressLine(cell, { ...advance, together: 1 })).toContain('about 8 min 0 s left, 1 at once\n');
});

test('after the last there is none', () => {
  expect(progressLine(cell, { done: 10, of: 10, tookMs: 1, together: 4 })).toBe(
    '10/10  healthy-1: passed, 60.0 s\n',
  );
});
