import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { addToStepSummary } from './step-summary.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'bc26-hil-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('a summary is added to what the step has said before', () => {
  const file = path.join(folder, 'summary');
  for (const text of ['first', 'second'])
    expect(addToStepSummary(text, { GITHUB_STEP_SUMMARY: file })).toBeUndefined();
  expect(readFileSync(file, 'utf8')).toBe('first\nsecond\n');
});

test.each([{}, { GITHUB_STEP_SUMMARY: '' }])('outside a step nothing is written: %j', (environment) => {
  expect(addToStepSummary('text', environment)).toBeUndefined();
});

test('a file that cannot be written is a message, no failure of the rig', () => {
  expect(addToStepSummary('text', { GITHUB_STEP_SUMMARY: folder })).toEqual({
    type: 'message',
    text: expect.stringMatching(
      /^the summary of the step was not written \(GITHUB_STEP_SUMMARY\): EISDIR/,
    ) as string,
  });
});
